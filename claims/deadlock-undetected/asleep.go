// Two goroutines lock two mutexes in opposite orders and main waits for them, while nothing, or something else, is alive.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"time"
)

func main() {
	var args struct{ Beside string }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	switch args.Beside {
	case "ticker":
		go func() {
			for range time.Tick(50 * time.Millisecond) {
			}
		}()
	case "signal":
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt)
		go func() { <-signals }()
	}
	var books, till sync.Mutex
	var holding, done sync.WaitGroup
	holding.Add(2)
	both := func(first, second *sync.Mutex) {
		defer done.Done()
		first.Lock()
		holding.Done()
		holding.Wait()
		second.Lock()
	}
	done.Add(2)
	go both(&books, &till)
	go both(&till, &books)
	holding.Wait()
	fmt.Println("both hold one lock")
	done.Wait()
	fmt.Println("went on")
}
