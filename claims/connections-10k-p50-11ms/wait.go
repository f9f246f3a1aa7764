// An HTTP server of net/http that answers every request after a wait, without computing anything. Reads lines: `hold N`
// keeps all answers back until N connections were accepted, `begin` and `end` count requests and CPU time between them.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Closed when nothing is held back.
type gate struct {
	mu       sync.Mutex
	wanted   int
	accepted int
	opened   chan struct{}
}

func (g *gate) hold(wanted int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wanted, g.accepted, g.opened = wanted, 0, make(chan struct{})
}

func (g *gate) accept() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.accepted++
	if g.accepted == g.wanted {
		close(g.opened)
	}
}

func (g *gate) pass() {
	g.mu.Lock()
	opened := g.opened
	g.mu.Unlock()
	if opened != nil {
		<-opened
	}
}

func cpuMs() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e6
}

func main() {
	var asked struct{ WaitMs int }
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &asked); err != nil {
		panic(err)
	}
	var held gate
	var requests atomic.Int64
	server := &http.Server{
		Handler: http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
			held.pass()
			time.Sleep(time.Duration(asked.WaitMs) * time.Millisecond)
			requests.Add(1)
			response.Write([]byte("ok"))
		}),
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				held.accept()
			}
		},
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go server.Serve(listener)
	fmt.Printf("{\"ready\":{\"port\":%d}}\n", listener.Addr().(*net.TCPAddr).Port)

	var requestsBefore int64
	var cpuBefore float64
	var begin time.Time
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		word, count, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "hold":
			wanted, err := strconv.Atoi(count)
			if err != nil {
				panic(err)
			}
			held.hold(wanted)
		case "begin":
			requestsBefore, cpuBefore, begin = requests.Load(), cpuMs(), time.Now()
		case "end":
			answer, err := json.Marshal(map[string]any{
				"requests":  requests.Load() - requestsBefore,
				"cpuMs":     cpuMs() - cpuBefore,
				"elapsedMs": float64(time.Since(begin).Nanoseconds()) / 1e6,
				"cores":     runtime.GOMAXPROCS(0),
			})
			if err != nil {
				panic(err)
			}
			fmt.Printf("{\"result\":%s}\n", answer)
		}
	}
}
