-- What an upload said of its being put together with others (tus: Upload-Concat); null where it stands for itself.
ALTER TABLE files ADD COLUMN concat TEXT;
