package weak

import "testing"

func TestWithin(t *testing.T) {
	if Within(0) || !Within(5) || Within(20) {
		t.Fail()
	}
}

func TestFirst(t *testing.T) {
	if First[int](nil) != nil || *First([]int{7, 8}) != 7 {
		t.Fail()
	}
}
