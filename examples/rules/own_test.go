package main

import (
	"testing"

	"github.com/sayround/sayround/consent/consenttest"
)

func TestEnoughCare(t *testing.T) {
	consenttest.TestRule(t, EnoughCare{AtLeast: 2}, consenttest.Claims{Anonymous: true, Monotone: true, Classes: []string{"supported", "worker", "investor"}})
}
