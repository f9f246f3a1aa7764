// One goroutine computes in a loop, main sleeps and then wants to go on. Whether it can is what is asked.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
)

var turns int

// A loop without any call: before Go 1.14 there was no place in it where the scheduler could step in.
func tight() {
	for {
		turns++
	}
}

// The same with a call: the look at the stack before each one is such a place.
func calling() {
	for {
		turns += turn(1)
	}
}

//go:noinline
func turn(by int) int {
	var room [64]int // without a frame the compiler leaves that look out
	room[by] = by
	return room[by] + room[0]
}

func main() {
	var args struct {
		Processors int
		Calls      bool
		Collect    bool
	}
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	runtime.GOMAXPROCS(args.Processors)
	var urgent atomic.Int64
	arriving := make(chan os.Signal, 64)
	signal.Notify(arriving, syscall.SIGURG)
	go func() {
		for range arriving {
			urgent.Add(1)
		}
	}()
	if args.Calls {
		go calling()
	} else {
		go tight()
	}
	for i := 0; i < 5; i++ {
		time.Sleep(2 * time.Millisecond)
	}
	if args.Collect {
		runtime.GC() // stops all goroutines first
	}
	fmt.Printf("{\"result\":{\"signals\":%d}}\n", urgent.Load())
}
