// Channel costs in Go, for bench/structured: prints nanoseconds per item as JSON.
package main

import (
	"encoding/json"
	"flag"
	"os"
	"time"
)

func perItem(capacity, items int) float64 {
	ch := make(chan int, capacity)
	done := make(chan int)
	go func() {
		sum := 0
		for v := range ch {
			sum += v
		}
		done <- sum
	}()
	start := time.Now()
	for i := 0; i < items; i++ {
		ch <- i
	}
	close(ch)
	sum := <-done
	if sum != items*(items-1)/2 {
		panic("wrong sum")
	}
	return float64(time.Since(start).Nanoseconds()) / float64(items)
}

func main() {
	capacity := flag.Int("capacity", 0, "capacity of the channel")
	items := flag.Int("items", 2000000, "items to send")
	flag.Parse()
	perItem(*capacity, *items/10)
	json.NewEncoder(os.Stdout).Encode(map[string]float64{"value": perItem(*capacity, *items)})
}
