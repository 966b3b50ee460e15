// Who receives it, where that was said.
// this: Order
// it: Recipient
WITH this AS it
WHERE it.recipient IS NOT NULL
RETURN it
