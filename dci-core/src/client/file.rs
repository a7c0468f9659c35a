//! A message as a file: `multipart/form-data` with `FileInfo`.

/// The media type and body of a message in a file, for `action`.
pub(super) fn in_file(action: &str, message: &[u8]) -> (String, Vec<u8>) {
    // Random: no message can hold it.
    let boundary = uuid::Uuid::new_v4().simple().to_string();
    let mut body = Vec::with_capacity(message.len() + 512);
    for (name, content) in [("action", action), ("fileFormat", "json")] {
        let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"fileName\"; filename=\"message.json\"\r\n\
         Content-Type: application/json\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(message);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}
