"""Everything for editors: what helps a person to add, correct, review and look after records. One module for each subject."""
