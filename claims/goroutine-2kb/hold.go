// Holds sleeping goroutines, TCP connections with a goroutine each, or idle connections of net/http; or opens such connections.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"
)

type order struct {
	Role  string `json:"role"`
	Port  int    `json:"port"`
	Count int    `json:"count"`
}

func main() {
	var args order
	must(json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &args))
	held := 0
	grow := func(to int) {} // servers grow by what connects to them
	var conns []net.Conn
	port := 0
	switch args.Role {
	case "sleep":
		grow = func(to int) {
			for ; held < to; held++ {
				go time.Sleep(time.Hour)
			}
		}
	case "tcp":
		port = serve(func(listener net.Listener) {
			for {
				conn, err := listener.Accept()
				must(err)
				go echo(conn)
			}
		})
	case "http":
		port = serve(func(listener net.Listener) {
			answer := func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }
			must(http.Serve(listener, http.HandlerFunc(answer)))
		})
	case "client":
		grow = func(to int) {
			first := len(conns)
			for len(conns) < to {
				conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", args.Port))
				must(err)
				// Both servers answer it: one with the same bytes, the other with a response.
				_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
				must(err)
				conns = append(conns, conn)
			}
			answer := make([]byte, 1024)
			for _, conn := range conns[first:] {
				_, err := conn.Read(answer)
				must(err)
			}
		}
	}
	fmt.Printf("{\"ready\":{\"port\":%d}}\n", max(port, 1))
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var next order
		must(json.Unmarshal(lines.Bytes(), &next))
		grow(next.Count)
		time.Sleep(30 * time.Millisecond)
		// Garbage is not the price of a connection: it is freed before we are weighed.
		debug.FreeOSMemory()
		fmt.Println(`{"result":{}}`)
	}
}

func serve(accept func(net.Listener)) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go accept(listener)
	return listener.Addr().(*net.TCPAddr).Port
}

func echo(conn net.Conn) {
	defer conn.Close()
	bytes := make([]byte, 64)
	for {
		n, err := conn.Read(bytes)
		if err != nil {
			return
		}
		if _, err := conn.Write(bytes[:n]); err != nil {
			return
		}
	}
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
