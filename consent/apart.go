package consent

import "github.com/sayround/sayround/internal/canon"

// apart gives the events of an entry without memory shared with those of the
// caller: what they do later to a command or to a receipt never reaches the
// state. It fails if what was written could not be read again. The list is good
// until the next entry.
func (e *Engine) apart(events []Event, written []byte) ([]Event, error) {
	e.copies = e.copies[:0]
	for _, event := range events {
		if canon.Leads(event) {
			entry, err := e.read(written)
			if err != nil {
				return nil, err
			}
			return entry.Events, nil
		}
		if _, passes := event.(canon.Passing); passes { // its fields are copied, and lead nowhere
			e.copies = append(e.copies, event)
			continue
		}
		e.copies = append(e.copies, canon.Clone(event).(Event))
	}
	return e.copies, nil
}
