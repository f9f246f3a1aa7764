//go:build unix

package shared

import (
	"net"
	"syscall"
)

type usage struct {
	UserMs      float64 `json:"userMs"`
	SystemMs    float64 `json:"systemMs"`
	Voluntary   int64   `json:"voluntary"`
	Involuntary int64   `json:"involuntary"`
}

// usageNow counts all threads of the process, also those that have ended.
func usageNow() usage {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		fail("getrusage: %v", err)
	}
	return usage{
		UserMs:      float64(r.Utime.Nano()) / 1e6,
		SystemMs:    float64(r.Stime.Nano()) / 1e6,
		Voluntary:   int64(r.Nvcsw),
		Involuntary: int64(r.Nivcsw),
	}
}

func usageSince(before usage) *usage {
	now := usageNow()
	return &usage{
		UserMs:      now.UserMs - before.UserMs,
		SystemMs:    now.SystemMs - before.SystemMs,
		Voluntary:   now.Voluntary - before.Voluntary,
		Involuntary: now.Involuntary - before.Involuntary,
	}
}

// setBacklog: net.Listen always asks for the system's highest (somaxconn); a second listen(2) on the same socket
// changes the length of its queue.
func setBacklog(listener net.Listener, backlog int) {
	raw, err := listener.(*net.TCPListener).SyscallConn()
	if err != nil || backlog <= 0 {
		return
	}
	_ = raw.Control(func(fd uintptr) { _ = syscall.Listen(int(fd), backlog) })
}
