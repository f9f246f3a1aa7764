package shared

import (
	"io"
	"net"
	"strconv"
	"sync"
)

// downstream keeps idle sockets on a stack: the last used is the next to be used, so few are warm and the rest idle.
type downstream struct {
	address string
	request []byte
	mutex   sync.Mutex
	idle    []net.Conn
}

func newDownstream(to Downstream, ms float64) *downstream {
	return &downstream{
		address: net.JoinHostPort(to.Host, strconv.Itoa(to.Port)),
		request: []byte(strconv.FormatFloat(ms, 'f', -1, 64) + "\n"),
	}
}

// call sends the milliseconds and waits for "ok\n"; one call at a time per socket.
func (d *downstream) call() error {
	conn, err := d.take()
	if err != nil {
		return err
	}
	var answer [3]byte
	if _, err = conn.Write(d.request); err == nil {
		_, err = io.ReadFull(conn, answer[:])
	}
	if err != nil {
		conn.Close()
		return err
	}
	d.mutex.Lock()
	d.idle = append(d.idle, conn)
	d.mutex.Unlock()
	return nil
}

func (d *downstream) take() (net.Conn, error) {
	d.mutex.Lock()
	if last := len(d.idle) - 1; last >= 0 {
		conn := d.idle[last]
		d.idle = d.idle[:last]
		d.mutex.Unlock()
		return conn, nil
	}
	d.mutex.Unlock()
	return net.Dial("tcp", d.address)
}
