package main

import (
	"fmt"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// atClose is a question whose time is just over, with what these seats said.
func atClose(seats []consent.Seat, said map[string]string) consent.Case {
	c := consent.Case{Opened: noon.AddDate(0, 0, -7), Closes: noon, Now: noon, Version: 1, Seats: seats}
	for _, s := range seats {
		c.Answers = append(c.Answers, consent.Answer{Seat: s.Person, Position: said[string(s.Person)], Version: 1, At: c.Opened})
	}
	return c
}

// towns is the textbook question of where a capital should be: each town prefers
// itself, then the nearer one.
func towns() consent.Case {
	c := consent.Case{Opened: noon.AddDate(0, 0, -7), Closes: noon, Now: noon, Version: 1}
	for _, o := range []string{"Westmoor", "Middleham", "Eastcombe", "Farside"} {
		c.Options = append(c.Options, consent.Option{ID: o})
	}
	for i, group := range []struct {
		members int64
		prefer  []string
	}{
		{42, []string{"Westmoor", "Middleham", "Eastcombe", "Farside"}},
		{26, []string{"Middleham", "Eastcombe", "Farside", "Westmoor"}},
		{15, []string{"Eastcombe", "Farside", "Middleham", "Westmoor"}},
		{17, []string{"Farside", "Eastcombe", "Middleham", "Westmoor"}},
	} {
		a := consent.Answer{Seat: circle.PersonID(fmt.Sprint("town-", i)), Version: 1, At: c.Opened}
		for _, o := range group.prefer {
			a.Ranking = append(a.Ranking, []string{o})
		}
		c.Seats = append(c.Seats, consent.Seat{Person: a.Seat, Weight: group.members})
		c.Answers = append(c.Answers, a)
	}
	return c
}
