//! An `OpenAPI` document for an interface, made from its actions: what the types know, and nothing else.
//!
//! It is `OpenAPI` 3.1, whose schemas are JSON Schema 2020-12. A reply that comes later is a callback of the request, and what the
//! registry sends on its own is a webhook: the published documents list both as endpoints of the registry, which they are not.

use crate::interface::{Interface, Operation, Part};
use dci_core::ack::{AckBody, HttpErrorBody};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::schema::{JsonSchema, Schema, SchemaGenerator};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Where callbacks go.
const SENDER_URI: &str = "{$request.body#/header/sender_uri}";

/// The document of `interface`.
pub fn document(interface: &Interface) -> Value {
    let mut maker = Maker::new();
    let mut paths = Map::new();
    let mut webhooks = Map::new();
    for operation in interface.operations {
        if operation.is_notice {
            webhooks.insert(operation.name.to_owned(), json!({"post": maker.notice(operation)}));
            continue;
        }
        if let Some(path) = operation.path {
            paths.insert(format!("/{path}"), json!({"post": maker.asynchronous(operation)}));
        }
        if let Some(path) = operation.sync_path {
            paths.insert(format!("/{path}"), json!({"post": maker.synchronous(operation)}));
        }
    }
    for (path, part) in interface.documents {
        paths.insert(format!("/{}", path.trim_start_matches('/')), json!({"get": maker.published(path, part)}));
    }
    paths.insert("/.well-known/jwks.json".to_owned(), json!({"get": keys()}));
    let (reg_type, title) = (interface.reg_type, interface.title);
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": format!("DCI {title}"),
            "version": "1.0.0",
            "summary": format!("The interface of the {title} ({reg_type})"),
            "description": "Made by dci-conformance from its types. Messages are envelopes of signature, header and message; \
                a request is answered at once (sync) or by a callback to header.sender_uri.",
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "What comes before /registry"}],
        "security": [{"bearer": []}],
        "tags": [{"name": interface.name, "description": format!("The {title}")}],
        "paths": tagged(paths, interface.name),
        "webhooks": tagged(webhooks, interface.name),
        "components": {
            "schemas": maker.schemas(),
            "securitySchemes": {"bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token of the registry's authorisation server (OAuth2 client credentials)",
            }},
        },
    })
}

/// Every operation carries the tag of its interface.
fn tagged(paths: Map<String, Value>, tag: &str) -> Map<String, Value> {
    let tagged = |(path, mut item): (String, Value)| {
        for operation in item.as_object_mut().into_iter().flat_map(|methods| methods.values_mut()) {
            if let Some(operation) = operation.as_object_mut() {
                operation.insert("tags".to_owned(), json!([tag]));
            }
        }
        (path, item)
    };
    paths.into_iter().map(tagged).collect()
}

/// The public keys.
fn keys() -> Value {
    json!({
        "operationId": "getKeys",
        "summary": "The keys replies, callbacks and notifications are signed with",
        "security": [],
        "responses": {"200": {
            "description": "A JWK set (RFC 7517)",
            "content": {"application/json": {"schema": {
                "type": "object",
                "properties": {"keys": {"type": "array", "items": {"type": "object", "required": ["kty"]}}},
                "required": ["keys"],
            }}},
        }},
    })
}

struct Maker {
    generator: SchemaGenerator,
}

/// `search` to `Search`, `get-disability-support` to `GetDisabilitySupport`.
fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split('-').map(word).collect()
}

fn content(schema: &Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

impl Maker {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Self { generator: settings.into_generator() }
    }

    fn of<T: JsonSchema>(&mut self) -> Value {
        self.generator.subschema_for::<T>().into()
    }

    /// An envelope around `part`, under a header with the action `action`.
    fn envelope<H: JsonSchema>(&mut self, action: &str, part: Part) -> Value {
        let mut header = self.of::<H>();
        if let Some(header) = header.as_object_mut() {
            header.insert("type".to_owned(), json!("object"));
            header.insert("properties".to_owned(), json!({"action": {"const": action}}));
        }
        let message: Schema = (part.add)(&mut self.generator);
        json!({
            "type": "object",
            "properties": {
                "signature": {"type": "string", "description": "Over header and message; see the registry's agreement for its scheme"},
                "header": header,
                "message": {"anyOf": [message, {"$ref": "#/components/schemas/EncryptedMessage"}]},
            },
            "required": ["header", "message"],
        })
    }

    /// Acknowledgement and refusal: what follows every asynchronous request, and every message nobody answers.
    fn acknowledged(&mut self) -> Value {
        json!({
            "200": {"description": "Acknowledged: ack_status ACK, NACK or ERR", "content": content(&self.of::<AckBody>())},
            "default": self.refused(),
        })
    }

    fn refused(&mut self) -> Value {
        let (ack, error) = (self.of::<AckBody>(), self.of::<HttpErrorBody>());
        json!({"description": "Refused", "content": content(&json!({"anyOf": [ack, error]}))})
    }

    fn asynchronous(&mut self, operation: &Operation) -> Value {
        let name = pascal(operation.name);
        let request = self.envelope::<RequestHeader>(operation.action, operation.request);
        let mut out = json!({
            "operationId": format!("post{name}"),
            "summary": operation.summary,
            "description": "Acknowledged at once; answered by a callback.",
            "requestBody": {"required": true, "content": {
                "application/json": {"schema": request},
                "multipart/form-data": {"schema": {"$ref": "#/components/schemas/FileInfo"}},
            }},
            "responses": self.acknowledged(),
        });
        if let (Some((action, reply)), Some(operation)) = (operation.reply, out.as_object_mut()) {
            let callback = json!({
                "operationId": format!("post{}", pascal(action)),
                "summary": format!("The answer to {name}, sent to the caller"),
                "requestBody": {"required": true, "content": content(&self.envelope::<CallbackHeader>(action, reply))},
                "responses": self.acknowledged(),
            });
            operation.insert("callbacks".to_owned(), json!({action: {SENDER_URI: {"post": callback}}}));
        }
        out
    }

    fn synchronous(&mut self, operation: &Operation) -> Value {
        let request = self.envelope::<RequestHeader>(operation.action, operation.request);
        let reply = operation.reply.map(|(action, reply)| self.envelope::<CallbackHeader>(action, reply));
        let mut responses = json!({"default": self.refused()});
        if let (Some(reply), Some(responses)) = (reply, responses.as_object_mut()) {
            responses.insert("200".to_owned(), json!({"description": "The answer", "content": content(&reply)}));
        }
        json!({
            "operationId": format!("postSync{}", pascal(operation.name)),
            "summary": operation.summary,
            "description": "Answered at once.",
            "requestBody": {"required": true, "content": content(&request)},
            "responses": responses,
        })
    }

    fn notice(&mut self, operation: &Operation) -> Value {
        let message = self.envelope::<CallbackHeader>(operation.action, operation.request);
        json!({
            "operationId": format!("send{}", pascal(operation.name)),
            "summary": operation.summary,
            "description": "Sent by the registry to the address of each subscription.",
            "requestBody": {"required": true, "content": content(&message)},
            "responses": self.acknowledged(),
        })
    }

    fn published(&mut self, path: &str, part: &Part) -> Value {
        let schema: Schema = (part.add)(&mut self.generator);
        let word = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
        json!({
            "operationId": format!("get{}", pascal(word)),
            "summary": format!("The registry's {word}"),
            "security": [],
            "responses": {"200": {"description": "The document", "content": content(&schema.into())}},
        })
    }

    fn schemas(mut self) -> Map<String, Value> {
        let mut schemas: Map<String, Value> = self.generator.take_definitions(true);
        schemas.insert("EncryptedMessage".to_owned(), encrypted_message());
        schemas.insert("FileInfo".to_owned(), file_info());
        schemas
    }
}

/// A message that was encrypted.
pub(crate) fn encrypted_message() -> Value {
    json!({
        "type": "object",
        "description": "A message as a flattened JWE (RFC 7516 section 7.2.2); header.is_msg_encrypted is true",
        "properties": {
            "header": {
                "type": "object",
                "properties": {
                    "alg": {"type": "string", "examples": ["RSA-OAEP-256", "ECDH-ES+A256KW"]},
                    "enc": {"type": "string", "examples": ["A256GCM"]},
                    "kid": {"type": "string"},
                },
                "required": ["alg", "enc", "kid"],
            },
            "protected": {"type": "string"},
            "aad": {"type": "string"},
            "encrypted_key": {"type": "string"},
            "iv": {"type": "string"},
            "ciphertext": {"type": "string"},
            "tag": {"type": "string"},
        },
        "required": ["ciphertext", "tag", "iv"],
    })
}

/// A message in a file.
pub(crate) fn file_info() -> Value {
    json!({
        "type": "object",
        "description": "A message in a file: it passes the same checks as one in a body",
        "properties": {
            "action": {"type": "string", "description": "The action of the endpoint"},
            "fileName": {"type": "string", "contentMediaType": "application/json", "description": "The file: an envelope"},
            "fileFormat": {"type": "string", "enum": ["json"]},
        },
        "required": ["action", "fileName"],
    })
}
