"""A form and the figures a department owes → the workbook to fill in; a filled one → the template it was made from."""
