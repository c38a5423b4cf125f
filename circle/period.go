package circle

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Period is a length of time as people say it: 14d, 3m, 1y, 2w, 36h, 15min.
// Days and weeks are of 24 hours. Months and years go by the calendar in UTC:
// a month after 31 January is the last day of February, and a month after that
// is 31 March again when it is counted from the first date, so count n months
// from the start rather than n times one month.
type Period struct {
	N    int
	Unit Unit
}

// Unit is the unit of a period.
type Unit string

// The units of periods.
const (
	Minutes Unit = "min"
	Hours   Unit = "h"
	Days    Unit = "d"
	Weeks   Unit = "w"
	Months  Unit = "m"
	Years   Unit = "y"
)

// MaxPeriod is the largest number of units in a period: a hundred years in
// weeks, and a reading every minute for three days.
const MaxPeriod = 5_200

// ParsePeriod reads a period.
func ParsePeriod(s string) (Period, error) {
	n := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if n <= 0 {
		return Period{}, fmt.Errorf("%q is not a length of time, as 14d or 3m", s)
	}
	count, err := strconv.Atoi(s[:n])
	p := Period{count, Unit(s[n:])}
	if err != nil || s[0] == '0' {
		return Period{}, fmt.Errorf("%q: 1 to %d are wanted", s, MaxPeriod)
	}
	if err := p.Check(); err != nil {
		return Period{}, err
	}
	return p, nil
}

// Check refuses a period that ParsePeriod would not give.
func (p Period) Check() error {
	if p.IsZero() {
		return nil
	}
	if p.N < 1 || p.N > MaxPeriod {
		return fmt.Errorf("%d%s: 1 to %d are wanted", p.N, p.Unit, MaxPeriod)
	}
	switch p.Unit {
	case Minutes, Hours, Days, Weeks, Months, Years:
		return nil
	}
	return fmt.Errorf("%d%s: the units are min, h, d, w, m and y", p.N, p.Unit)
}

// MustPeriod reads a period that the program itself wrote.
func MustPeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

// String gives the period as ParsePeriod reads it; the zero period is "".
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	return strconv.Itoa(p.N) + string(p.Unit)
}

// IsZero says that no period was given.
func (p Period) IsZero() bool { return p == Period{} }

// After returns the instant that lies the period behind t.
func (p Period) After(t time.Time) time.Time { return p.Times(t, 1) }

// Times returns the instant that lies n periods behind t.
func (p Period) Times(t time.Time, n int) time.Time {
	count := p.N * n
	switch p.Unit {
	case Minutes:
		return t.Add(time.Duration(count) * time.Minute)
	case Hours:
		return t.Add(time.Duration(count) * time.Hour)
	case Days:
		return t.UTC().AddDate(0, 0, count)
	case Weeks:
		return t.UTC().AddDate(0, 0, 7*count)
	case Months:
		return addMonths(t, count)
	case Years:
		return addMonths(t, 12*count)
	}
	return t
}

// addMonths keeps the day of the month where the month has it, and takes the
// last day of the month where it has not.
func addMonths(t time.Time, months int) time.Time {
	t = t.UTC()
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// AtLeastMonths says whether the period lasts n months or more; a month that
// is given in days counts 30 of them.
func (p Period) AtLeastMonths(n int) bool {
	switch p.Unit {
	case Years:
		return p.N*12 >= n
	case Months:
		return p.N >= n
	case Weeks:
		return p.N*7 >= n*30
	case Days:
		return p.N >= n*30
	case Hours:
		return p.N >= n*30*24
	}
	return false
}

// MarshalText gives the period as ParsePeriod reads it.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a period.
func (p *Period) UnmarshalText(text []byte) error {
	got, err := ParsePeriod(string(text))
	*p = got
	return err
}

// Kind says what a period is, for lists of commands.
func (p *Period) Kind() string { return "period" }
