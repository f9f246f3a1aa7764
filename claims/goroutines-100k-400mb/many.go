// Starts `count` goroutines that end at once, or that all sleep until they have been weighed, and gives the peak of the process.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func main() {
	var args struct {
		Count int    `json:"count"`
		Until string `json:"until"`
	}
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	var ended sync.WaitGroup
	most := 0
	look := func() {
		if alive := runtime.NumGoroutine() - 1; alive > most {
			most = alive
		}
	}
	go func() {}() // the runtime's own first-time costs are not theirs
	time.Sleep(time.Millisecond)
	results := make([]int, args.Count)
	for i := range results {
		results[i] = -1 // its pages are touched before we look
	}
	before := peakMb()
	ended.Add(args.Count)
	for i := 0; i < args.Count; i++ {
		if args.Until == "weighed" {
			go func() {
				ended.Done()
				time.Sleep(time.Hour)
			}()
		} else {
			go func(i int) {
				defer ended.Done()
				results[i] = i
			}(i)
		}
		if i%64 == 0 {
			look()
		}
	}
	look()
	ended.Wait()
	time.Sleep(20 * time.Millisecond)
	look()
	fmt.Printf("{\"result\":{\"peakMb\":%f,\"alive\":%d}}\n", peakMb()-before, most)
}

var highest = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// Not ru_maxrss: across exec it keeps the peak of the program that started us.
func peakMb() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fmt.Println(`{"result":{"peakMb":-1,"alive":0}}`)
		os.Exit(0)
	}
	kb, _ := strconv.ParseFloat(string(highest.FindSubmatch(status)[1]), 64)
	return kb / 1024
}
