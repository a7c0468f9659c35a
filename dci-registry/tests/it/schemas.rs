//! The schemas of this library, held against what it writes.

use crate::world::World;
use dci_core::message::SearchRequest;
use dci_core::query::SearchCriteria;
use serde_json::{Value, json};

#[tokio::test]
async fn our_own_schemas_accept_what_we_write_and_judge_what_we_forgive() {
    use dci_core::message::SearchResponse;
    use dci_registry::social::SocialRecord;
    let world = World::new(false).await;
    let found = world.client.search(SearchCriteria::identifier("UIN", "1")).await.unwrap();
    let request = serde_json::to_value(SearchRequest::one(SearchCriteria::identifier("UIN", "1"))).unwrap();
    let reply = serde_json::to_value(&found).unwrap();
    let valid = |schema: Value, message: &Value| jsonschema::validator_for(&schema).unwrap().is_valid(message);
    let of_request = dci_core::schema::of::<SearchRequest>;
    let of_reply = dci_core::schema::of::<SearchResponse<SocialRecord>>;
    assert!(valid(of_request(), &request) && valid(of_reply(), &reply));
    let mut loose = request.clone();
    loose["search_request"][0]["search_criteria"]["pagination"] = json!({"page_size": "10"});
    assert!(!valid(of_request(), &loose), "a number as text");
    let mut loose = reply.clone();
    loose["search_response"][0]["status"] = json!("done");
    assert!(!valid(of_reply(), &loose), "a status that is not on the list");
    world.end().await;
}
