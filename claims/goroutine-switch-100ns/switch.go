// Times switches between goroutines: over an unbuffered channel and by runtime.Gosched, and, for comparison, between
// goroutines that are locked to OS threads, where the kernel has to switch.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"time"
)

// Each repetition takes about a millisecond: on a busy machine most of them still run undisturbed.
const rounds, lockedRounds = 2500, 125

// Nanoseconds per switch: a round trip over two unbuffered channels has two.
func overChannel(rounds int, locked bool) float64 {
	there, back := make(chan struct{}), make(chan struct{})
	go func() {
		if locked {
			runtime.LockOSThread()
		}
		for range there {
			back <- struct{}{}
		}
		close(back)
	}()
	if locked {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
	}
	from := time.Now()
	for i := 0; i < rounds; i++ {
		there <- struct{}{}
		<-back
	}
	took := time.Since(from)
	close(there)
	<-back
	return float64(took.Nanoseconds()) / float64(2*rounds)
}

// Nanoseconds per Gosched while another goroutine does the same; turns counts how often it really was the other's.
func byGosched(rounds int) (perSwitch, turns float64) {
	last, changes := 0, 0
	done := make(chan struct{})
	yield := func(self int) {
		for i := 0; i < rounds; i++ {
			if last != self {
				changes++
				last = self
			}
			runtime.Gosched()
		}
		done <- struct{}{}
	}
	from := time.Now()
	go yield(1)
	go yield(2)
	<-done
	<-done
	took := time.Since(from)
	return float64(took.Nanoseconds()) / float64(2*rounds), float64(changes) / float64(2*rounds)
}

// The quickest of the repetitions, and the slowest of their quicker quarter.
func repeated(repeats int, measure func() float64) (best, quarter float64) {
	times := make([]float64, repeats)
	for i := range times {
		times[i] = measure()
	}
	sort.Float64s(times)
	return times[0], times[repeats/4]
}

func main() {
	var args struct{ Repeats int }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	turns := 0.0
	channel := func() float64 { return overChannel(rounds, false) }
	runtime.GOMAXPROCS(1)
	one, _ := repeated(args.Repeats, channel)
	yielded, _ := repeated(args.Repeats, func() float64 {
		took, share := byGosched(rounds)
		if share > turns {
			turns = share
		}
		return took
	})
	locked, _ := repeated(args.Repeats, func() float64 { return overChannel(lockedRounds, true) })
	// With two, the scheduler may put them together or apart: the quickest would hide that.
	runtime.GOMAXPROCS(2)
	_, two := repeated(args.Repeats, channel)
	fmt.Printf("{\"result\":{\"channel1\":%.1f,\"channel2\":%.1f,\"gosched\":%.1f,\"turns\":%.3f,\"locked\":%.1f}}\n",
		one, two, yielded, turns, locked)
}
