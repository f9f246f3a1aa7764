// Wakes once per millisecond and hands a turn to another goroutine and back so many times; tells what
// that adds to the CPU time, per switch.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"
)

const rounds = 3

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func main() {
	var args struct{ Ticks, PerTick int }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	runtime.GOMAXPROCS(1)
	there, back := make(chan struct{}), make(chan struct{})
	go func() {
		for range there {
			back <- struct{}{}
		}
	}()
	play := func(ticks, trips int) float64 {
		from := cpuSeconds()
		next := time.Now()
		for tick := 0; tick < ticks; tick++ {
			next = next.Add(time.Millisecond)
			time.Sleep(time.Until(next))
			for i := 0; i < trips; i++ {
				there <- struct{}{}
				<-back
			}
		}
		return cpuSeconds() - from
	}
	play(10, args.PerTick/2)
	us := make([]float64, rounds)
	for round := range us {
		idle := play(args.Ticks, 0)
		busy := play(args.Ticks, args.PerTick/2)
		us[round] = (busy - idle) * 1e6 / float64(args.Ticks*args.PerTick)
	}
	told, err := json.Marshal(us)
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"result\":{\"us\":%s}}\n", told)
}
