package canon_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/internal/canon"
)

// seeds are texts from which a fuzzer learns the form.
var seeds = []string{
	`{"must":""}`,
	`{"array":[0,-3],"colour":"red","far":{"n":7},"flag":true,"grid":[[],["a"]],"large":9007199254740991,"must":"\"\\é"}`,
	`{"leaf":{"n":-128,"s":"x"},"list":["a","b"],"moods":[0,1],"must":"","num":-1,"pace":"3/s","said":4,"sayings":["8.1",2],"when":0}`,
	`{"must":"","stems":[{"leaf":{"n":1},"leaves":[{}],"must":"m"}],"times":[0,-1],"tiny":255}`,
	`{"must":"","thing":{"type":"room.noted","v":2,"with":{"who":"ana"}},"things":[{"type":"room.packed","v":1,"with":{"in":[{"type":"room.emptied","v":1,"with":{}}]}}]}`,
	`{"must":"","things":[{"type":"room.noted","v":1,"with":{"at":7,"by":"ana","what":1}}]}`,
	`{"box":{"in":{},"leaves":[{}],"list":[""]},"must":""}`, `{"box":{"list":[],"leaves":[]}}`,
	` { "num" : 7, "must":"\u0063\ud83d\ude42\n", "when":"2026-03-02T10:00:00Z", "said":"we object", "thing":{"with":{"by":"ana","what":"x"},"type":"room.noted"}} `,
}

func plant(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	for _, r := range append(append([]wrong{}, notDecoded...), notRead...) {
		if len(r.text) < 100 {
			f.Add([]byte(r.text))
		}
	}
}

// FuzzDecode: what Decode accepts is the one text of what it read, and reading
// never panics.
func FuzzDecode(f *testing.F) {
	plant(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		given := bytes.Clone(b)
		var s sheet
		err := canon.Decode(b, &s, entry, types, nil)
		require.Equal(t, given, b, "reading changes nothing")
		if err != nil {
			var bad *canon.Error
			require.ErrorAs(t, err, &bad)
			require.NotZero(t, bad.Fault)
			require.NotEmpty(t, bad.What)
			return
		}
		again, err := canon.Append(nil, s, entry)
		require.NoError(t, err)
		require.Equal(t, string(b), string(again))
	})
}

// FuzzRead: whatever is given as a command, reading never panics, and neither
// does what is done with a command afterwards; and once it is sealed and
// written, it reads back as it was.
func FuzzRead(f *testing.F) {
	plant(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		var s sheet
		if err := canon.Read(b, &s, types); err != nil {
			var bad *canon.Error
			require.ErrorAs(t, err, &bad)
			require.NotZero(t, bad.Fault)
			require.LessOrEqual(t, bad.Offset, len(b))
			return
		}
		_ = canon.Check(&s)
		copied := canon.Clone(&bag{In: append([]thing{s.Thing}, s.Things...)})
		parts := 0
		require.NoError(t, canon.Seal(&s, entry, func(string, string) (int, error) { parts++; return parts, nil }))
		require.NotNil(t, copied)
		text, err := canon.Append(nil, s, entry)
		if err != nil {
			return // a control character, or not in NFC
		}
		var back sheet
		require.NoError(t, canon.Decode(text, &back, entry, types, nil), "%s", text)
		require.Equal(t, canon.Digest(s), canon.Digest(back))
	})
}
