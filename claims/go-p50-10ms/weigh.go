// The same goroutines by a clock of nanoseconds, and their memory as the system sees it while all of them sleep.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Resident MB of this process, or -1 where there is no /proc.
func residentMb() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return -1
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		return -1
	}
	return float64(pages*os.Getpagesize()) / 1024 / 1024
}

func main() {
	var asked struct{ Tasks, WaitMs int }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &asked); err != nil {
		panic(err)
	}
	latencies := make([]float64, asked.Tasks)
	var before, asleep runtime.MemStats
	runtime.ReadMemStats(&before)
	residentBefore := residentMb()
	var wg sync.WaitGroup
	for i := 0; i < asked.Tasks; i++ {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			start := time.Now()
			time.Sleep(time.Duration(asked.WaitMs) * time.Millisecond)
			latencies[id] = float64(time.Since(start).Nanoseconds()) / 1e6
		}(i)
	}
	time.Sleep(time.Duration(asked.WaitMs) * time.Millisecond / 2)
	resident := residentMb()
	runtime.ReadMemStats(&asleep)
	wg.Wait()
	sort.Float64s(latencies)
	answer, err := json.Marshal(map[string]any{
		"p50": latencies[len(latencies)/2], "p99": latencies[len(latencies)*99/100],
		"residentMb": resident - residentBefore, "processMb": resident, "stacksMb": float64(asleep.StackInuse-before.StackInuse) / 1024 / 1024,
		"allocMb": (float64(asleep.Alloc) - float64(before.Alloc)) / 1024 / 1024,
	})
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"result\":%s}\n", answer)
}
