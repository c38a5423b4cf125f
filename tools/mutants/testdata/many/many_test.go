package many

import (
	"strconv"
	"testing"
)

func TestMany(t *testing.T) {
	for _, n := range []int{3, -3, 0} {
		t.Run("of "+strconv.Itoa(n), func(t *testing.T) {
			if Size(n) < 0 {
				t.Fail()
			}
		})
	}
}

func TestCount(t *testing.T) {
	if Count(7) != 0 {
		t.Fail()
	}
	Least()
}
