// A thousand goroutines that sleep for 10 ms, measured with whole milliseconds and with the bytes of live heap objects.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"sync"
	"time"
)

var garbage [][]byte

func main() {
	var asked struct {
		Tasks   int
		WaitMs  int
		Garbage bool
	}
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &asked); err != nil {
		panic(err)
	}
	if asked.Garbage { // what an earlier test in the same process leaves behind
		for i := 0; i < 64; i++ {
			garbage = append(garbage, make([]byte, 32<<10))
		}
		garbage = nil
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if asked.Garbage {
		runtime.GC() // one that the runtime could as well have started by itself
	}
	latencies := make([]int64, asked.Tasks)
	var wg sync.WaitGroup
	for i := 0; i < asked.Tasks; i++ {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			start := time.Now()
			time.Sleep(time.Duration(asked.WaitMs) * time.Millisecond)
			latencies[id] = time.Since(start).Milliseconds()
		}(i)
	}
	wg.Wait()
	runtime.ReadMemStats(&after)
	sort.Slice(latencies, func(a, b int) bool { return latencies[a] < latencies[b] })
	memory := float64(after.Alloc-before.Alloc) / 1024 / 1024 // unsigned: less than before is very much
	answer, err := json.Marshal(map[string]any{
		"all": latencies, "p50": latencies[len(latencies)/2], "p99": latencies[len(latencies)*99/100], "memoryMb": memory,
	})
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"result\":%s}\n", answer)
}
