use super::*;

#[test]
fn links_lead_to_the_host_that_was_asked_and_to_no_odd_one() {
    let origin = |host| {
        origin(&HeaderMap::from_iter([(
            header::HOST,
            HeaderValue::from_static(host),
        )]))
    };
    assert_eq!(origin("mock.test:4010"), "http://mock.test:4010");
    assert_eq!(origin("[::1]:4010"), "http://[::1]:4010");
    for odd in ["", "a b", "<x>", "user@evil.test", "evil.test/..", "a\"b"] {
        assert_eq!(origin(odd), "http://localhost", "{odd}");
    }
}

#[test]
fn the_host_of_a_whole_url_counts_and_the_header_does_not() {
    let host = |target: &str| {
        let request = Request::get(target)
            .header(header::HOST, "a")
            .header(header::HOST, "b");
        let mut request = request.body(()).unwrap();
        take_host_of_target(&mut request);
        let hosts = request.headers().get_all(header::HOST).iter();
        hosts
            .map(|host| host.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(host("http://c:1/x"), ["c:1"]);
    assert_eq!(host("/x"), ["a", "b"]);
}

#[test]
fn the_world_comes_from_the_path_or_the_header_and_both_must_agree() {
    let name = |text| WorldName::parse(text).unwrap();
    let header =
        |text| HeaderMap::from_iter([(WORLD_HEADER.parse().unwrap(), HeaderValue::from_static(text))]);
    assert_eq!(world(None, &HeaderMap::new()), Ok(WorldName::default()));
    assert_eq!(world(None, &header("a")), Ok(name("a")));
    assert_eq!(world(Some(&name("a")), &header("a")), Ok(name("a")));
    world(Some(&name("a")), &header("b")).unwrap_err();
    world(None, &header("a b")).unwrap_err();
}
