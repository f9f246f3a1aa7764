package shared

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

type serveResult struct {
	Requests int64  `json:"requests"`
	Usage    *usage `json:"usage,omitempty"`
}

// runServe is net/http as it comes: a goroutine per connection, TCP_NODELAY set, the limit of open files raised to
// the hard one by the Go runtime itself.
func runServe(model Model, w Workload) {
	listener, err := net.Listen("tcp", net.JoinHostPort(w.Host, strconv.Itoa(w.Port)))
	if err != nil {
		fail("cannot listen on %s:%d: %v", w.Host, w.Port, err)
	}
	setBacklog(listener, w.Backlog)

	wait := func() error {
		if w.IoMs > 0 {
			time.Sleep(duration(w.IoMs))
		}
		return nil
	}
	if w.Downstream != nil {
		wait = newDownstream(*w.Downstream, w.IoMs).call
	}
	var requests int64
	handler := http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		if err := wait(); err != nil {
			http.Error(response, "downstream: "+err.Error(), http.StatusBadGateway)
			return
		}
		sum := model.Compute(w.CPURounds)
		response.Header().Set("Content-Type", "text/plain")
		response.Header().Set("Content-Length", "13")
		atomic.AddInt64(&requests, 1) // before the answer: who has the answer must find it counted
		_, _ = io.WriteString(response, fmt.Sprintf("sum=%08x\n", sum))
	})
	go func() { fail("serving ended: %v", http.Serve(listener, handler)) }()
	say("ready", map[string]int{"port": listener.Addr().(*net.TCPAddr).Port})

	before := usageNow()
	for line := range commands() {
		if line == "stop" {
			say("result", serveResult{atomic.LoadInt64(&requests), usageSince(before)})
			continue
		}
		atomic.StoreInt64(&requests, 0)
		before = usageNow()
	}
}
