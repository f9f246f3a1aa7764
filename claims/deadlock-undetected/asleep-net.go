// The same circle in a program that has net/http in it, with and without a listener. Where a C compiler is at hand,
// net brings cgo, and then the runtime does not count its sleepers.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
)

func main() {
	var args struct{ Beside string }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args); err != nil {
		panic(err)
	}
	if args.Beside == "server" {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		go func() { _ = http.Serve(listener, nil) }()
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
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "CGO_ENABLED" {
				fmt.Println("cgo", setting.Value)
			}
		}
	}
	fmt.Println("both hold one lock")
	done.Wait()
	fmt.Println("went on")
}
