-- The next agents by id: everybody in slices. Called by: dispatcher.candidates.
SELECT id FROM agents_agent WHERE id > %(after)s ORDER BY id LIMIT %(limit)s
