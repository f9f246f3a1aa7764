// Requests that give up before their answer comes: to a channel that nobody reads then, to one with room for the answer,
// and with a context that ends the sender.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"
)

// Of a size that an answer has; a blocked sender keeps it.
type answer struct{ body [1024]byte }

func unread(soon context.Context) *answer {
	answers := make(chan *answer)
	go func() {
		<-soon.Done() // the back end answers after the caller has left
		answers <- new(answer)
	}()
	select {
	case got := <-answers:
		return got
	default: // the time limit of a caller who does not wait
		return nil
	}
}

func buffered(soon context.Context) *answer {
	answers := make(chan *answer, 1)
	go func() {
		<-soon.Done()
		answers <- new(answer)
	}()
	select {
	case got := <-answers:
		return got
	default:
		return nil
	}
}

func cancelled(soon context.Context) *answer {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	answers := make(chan *answer)
	go func() {
		<-soon.Done()
		select {
		case answers <- new(answer):
		case <-ctx.Done():
		}
	}()
	select {
	case got := <-answers:
		return got
	default:
		return nil
	}
}

func liveBytes() float64 {
	runtime.GC()
	debug.FreeOSMemory()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc + stats.StackInuse)
}

// Waits for the number of goroutines to fall to `least`, at most for so long.
func settled(least int, limit time.Duration) int {
	end := time.Now().Add(limit)
	for runtime.NumGoroutine() > least && time.Now().Before(end) {
		time.Sleep(2 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}

func main() {
	var args struct {
		Batch, Batches int
		WaitMs         int
	}
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	wait := time.Duration(args.WaitMs) * time.Millisecond
	const patience = 2 * time.Second // only as long as any of the cured ones is left
	counts := func(request func(context.Context) *answer, wait time.Duration) []int {
		before := runtime.NumGoroutine()
		left := []int{}
		for batch := 0; batch < args.Batches; batch++ {
			soon, answerNow := context.WithCancel(context.Background())
			for i := 0; i < args.Batch; i++ {
				request(soon)
			}
			answerNow()
			left = append(left, settled(before, wait)-before)
		}
		return left
	}
	bufferedLeft := counts(buffered, patience)
	cancelledLeft := counts(cancelled, patience)
	bytesBefore := liveBytes()
	unreadLeft := counts(unread, wait)
	runtime.GC()
	runtime.GC()
	afterGC := runtime.NumGoroutine() - 1
	perLeak := (liveBytes() - bytesBefore) / float64(args.Batch*args.Batches)

	// What the profile says: "4000 @ 0x... " and below it the place, the most frequent first.
	var text bytes.Buffer
	_ = pprof.Lookup("goroutine").WriteTo(&text, 1)
	most, place := 0, ""
	for _, block := range strings.Split(text.String(), "\n\n") {
		for _, line := range strings.Split(block, "\n") {
			if count, _, found := strings.Cut(line, " @ "); found {
				most, _ = strconv.Atoi(count)
			} else if at := strings.Index(line, "main.unread"); at >= 0 && place == "" {
				place, _, _ = strings.Cut(strings.Fields(line[at:])[0], "+")
			}
		}
		if place != "" {
			break
		}
	}
	result, _ := json.Marshal(map[string]any{"result": map[string]any{
		"unread": unreadLeft, "buffered": bufferedLeft, "cancelled": cancelledLeft,
		"afterGC": afterGC, "bytes": perLeak, "profiled": most, "place": place,
	}})
	fmt.Println(string(result))
}
