// Package shared is what all Go models have in common: the contract of docs/models.md, and nothing about concurrency.
package shared

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// Workload is the program's argument; a `go {...}` line replaces fields of it.
type Workload struct {
	Kind       string      `json:"kind"`
	Tasks      int         `json:"tasks"`
	WaitMs     float64     `json:"waitMs"`
	Bytes      int         `json:"bytes"`
	Host       string      `json:"host"`
	Port       int         `json:"port"`
	IoMs       float64     `json:"ioMs"`
	CPURounds  int         `json:"cpuRounds"`
	Backlog    int         `json:"backlog"`
	Downstream *Downstream `json:"downstream"`
	Cores      int         `json:"cores"`
	Pool       int         `json:"pool"`
}

// Downstream is the delay server that serve calls instead of sleeping.
type Downstream struct {
	Host string `json:"host"`
	Port int    `json:"port"`
}

func readWorkload() Workload {
	if len(os.Args) != 2 {
		fail("expected the workload as the only argument, got %d arguments", len(os.Args)-1)
	}
	var w Workload
	if err := json.Unmarshal([]byte(os.Args[1]), &w); err != nil {
		fail("the workload is not JSON: %v", err)
	}
	return w
}

// with gives the workload of one `go` line.
func (w Workload) with(line string) Workload {
	changes := strings.TrimSpace(strings.TrimPrefix(line, "go"))
	if changes == "" {
		return w
	}
	if err := json.Unmarshal([]byte(changes), &w); err != nil {
		fail("the changes after go are not JSON: %v", err)
	}
	return w
}

// commands hands out the lines of stdin. Its end exits at once, whatever still runs: goroutines end with the process.
// SIGTERM needs no code, since Go leaves it to the kernel's default.
func commands() <-chan string {
	lines := make(chan string)
	go func() {
		input := bufio.NewScanner(os.Stdin)
		for input.Scan() {
			lines <- input.Text()
		}
		os.Exit(0)
	}()
	return lines
}

// say prints one JSON line.
func say(key string, value any) {
	line, err := json.Marshal(map[string]any{key: value})
	if err != nil {
		fail("cannot print %s: %v", key, err)
	}
	if _, err := os.Stdout.Write(append(line, '\n')); err != nil {
		os.Exit(1) // nobody reads any more
	}
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(2)
}

func milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

func duration(ms float64) time.Duration { return time.Duration(ms * 1e6) }
