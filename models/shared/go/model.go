package shared

import (
	"runtime"
	"time"
)

// Model is all that distinguishes one Go model from another.
type Model interface {
	// Prepare is called once, before ready: the place to start a pool.
	Prepare(w Workload)
	// Burst runs the tasks 0..n-1, submitted at once, and returns when the last has ended.
	Burst(n int, task func(i int))
	// Compute runs the computing part of a request where this model computes.
	Compute(rounds int) uint32
}

// Run is the whole program.
func Run(model Model) {
	w := readWorkload()
	if w.Cores > 0 {
		runtime.GOMAXPROCS(w.Cores)
	}
	switch w.Kind {
	case "wait":
		model.Prepare(w)
		say("ready", struct{}{})
		for line := range commands() {
			now := w.with(line)
			say("result", burst(model, now.Tasks, func() { time.Sleep(duration(now.WaitMs)) }))
		}
	case "hash":
		model.Prepare(w)
		runHash(model, w)
	case "serve":
		model.Prepare(w)
		runServe(model, w)
	case "calibrate":
		say("ready", struct{}{})
		for range commands() {
			say("result", map[string]float64{"roundsPerMs": calibrate()})
		}
	default:
		fail("unknown workload kind %q", w.Kind)
	}
}

type tasksResult struct {
	LatencyMs []float64 `json:"latencyMs"`
	InsideMs  []float64 `json:"insideMs"`
	TotalMs   float64   `json:"totalMs"`
	Usage     *usage    `json:"usage,omitempty"`
	Digest    string    `json:"digest,omitempty"`
	SingleMs  float64   `json:"singleMs,omitempty"`
}

func burst(model Model, n int, work func()) tasksResult {
	result := tasksResult{LatencyMs: make([]float64, n), InsideMs: make([]float64, n)}
	before := usageNow()
	start := time.Now()
	model.Burst(n, func(i int) {
		began := time.Now()
		work()
		ended := time.Now()
		result.InsideMs[i] = milliseconds(ended.Sub(began))
		result.LatencyMs[i] = milliseconds(ended.Sub(start))
	})
	result.Usage = usageSince(before)
	for _, latency := range result.LatencyMs {
		if latency > result.TotalMs {
			result.TotalMs = latency
		}
	}
	return result
}
