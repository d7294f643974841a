// Nothing: the test speaks from here to Quick Call.
addEventListener('activate', () => undefined);
