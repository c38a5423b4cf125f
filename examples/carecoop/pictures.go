package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/sayround/sayround/consent/logbook"
)

// draw writes the circles as they are now: two pictures, and the list that says
// the same.
func (t *teller) draw(ctx context.Context, dir string) error {
	chart, err := logbook.NewChart(ctx, t.engine)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	list := "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Circles</title>\n<h1>Circles</h1>\n" + chart.List() + "</html>\n"
	for name, text := range map[string]string{"map.svg": chart.Map(), "tree.svg": chart.Tree(), "list.html": list} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
