-- The number of shares, which come from elsewhere; their file takes the place of this one.
SELECT 1;
