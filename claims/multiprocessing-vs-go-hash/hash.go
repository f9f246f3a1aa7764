// sha256 of one buffer per task: in a loop, and as one goroutine per task on the same number of CPUs as the Pool(4).
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"time"
)

type args struct {
	Sizes     []int
	Bytes     int
	TaskBytes int
	Tasks     int
	Rounds    int
}

type answer struct {
	PerByte []float64 `json:"perByte"`
	SmallMs float64   `json:"smallMs"`
	TaskMs  float64   `json:"taskMs"`
}

func hashMany(data []byte, times int) {
	for i := 0; i < times; i++ {
		sum := sha256.Sum256(data)
		_ = hex.EncodeToString(sum[:])
	}
}

func onGoroutines(size, tasks int) {
	data := bytes.Repeat([]byte("x"), size)
	results := make([]string, tasks)
	var all sync.WaitGroup
	for i := 0; i < tasks; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			sum := sha256.Sum256(data)
			results[i] = hex.EncodeToString(sum[:])
		}(i)
	}
	all.Wait()
}

func best(rounds int, work func()) float64 {
	least := math.Inf(1)
	for i := 0; i < rounds; i++ {
		start := time.Now()
		work()
		least = math.Min(least, float64(time.Since(start).Nanoseconds()))
	}
	return least
}

func main() {
	var a args
	if err := json.Unmarshal([]byte(os.Args[len(os.Args)-1]), &a); err != nil {
		panic(err)
	}
	if runtime.NumCPU() > 4 {
		runtime.GOMAXPROCS(4)
	}
	var r answer
	for _, size := range a.Sizes {
		times := a.Bytes / size
		data := bytes.Repeat([]byte("x"), size)
		ns := best(2*a.Rounds, func() { hashMany(data, times) })
		r.PerByte = append(r.PerByte, ns/float64(times)/float64(size))
	}
	r.SmallMs = best(a.Rounds, func() { onGoroutines(1024, a.Tasks) }) / 1e6
	r.TaskMs = best(a.Rounds, func() { onGoroutines(a.TaskBytes, a.Tasks) }) / 1e6
	line, err := json.Marshal(map[string]answer{"result": r})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}
