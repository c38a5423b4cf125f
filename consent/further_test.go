package consent_test

import "testing"

// walkFurther uses the moves that stand in files of their own.
func walkFurther(t *testing.T, wk *walk) {
	for _, walkOn := range []func(*testing.T, *walk){walkTimeOut, walkPutOff, walkQueue, walkConsult} {
		walkOn(t, wk)
	}
}
