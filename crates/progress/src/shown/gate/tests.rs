//! The promises of gates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use proptest::prelude::*;

/// `*` before a name is a gate, `-` a step that is not shown.
fn steps(names: &[&str]) -> Vec<Step> {
    names
        .iter()
        .map(|name| Step {
            id: name.trim_start_matches(['*', '-']).into(),
            shown: !name.starts_with('-'),
            gate: name.starts_with('*'),
        })
        .collect()
}

fn id(steps: &[Step], here: Option<Here>) -> Option<&str> {
    here.map(|here| steps[here.at].id.as_str())
}

#[test]
fn neither_answer_writes_anything_by_itself() {
    let steps = steps(&["*safe", "moment", "help"]);
    let gate = Here::on_path(0);
    for go in [Go::Next, Go::To("help"), Go::To("moment"), Go::To("nowhere")] {
        let to = answer(&steps, gate, go, None);
        assert_eq!(record(&steps, gate, to), Record::default(), "{go:?}");
    }
}

#[test]
fn what_is_reached_by_a_jump_is_not_recorded_and_does_not_move_the_place() {
    let steps = steps(&["*safe", "moment", "help", "more"]);
    let help = answer(&steps, Here::on_path(0), Go::To("help"), None).unwrap();
    let more = forward(&steps, help).unwrap();
    assert_eq!(record(&steps, help, Some(more)), Record::default());
    assert_eq!(record(&steps, more, None), Record::default());
    let chosen = choose(&steps, help, "more").unwrap();
    assert_eq!(record(&steps, chosen, None), Record::default());
}

#[test]
fn a_second_gate_does_not_lead_back_onto_a_path_that_was_left() {
    let steps = steps(&["*safe", "moment", "help", "*sure", "end"]);
    let help = answer(&steps, Here::on_path(0), Go::To("help"), None).unwrap();
    let sure = forward(&steps, help).unwrap();
    let end = answer(&steps, sure, Go::Next, None).unwrap();
    assert_eq!(id(&steps, Some(end)), Some("end"));
    assert_eq!(record(&steps, end, None), Record::default());
}

#[test]
fn on_the_path_a_step_is_recorded_when_it_is_left() {
    let steps = steps(&["*safe", "moment", "help"]);
    let moment = answer(&steps, Here::on_path(0), Go::Next, None).unwrap();
    let help = forward(&steps, moment).unwrap();
    assert_eq!(
        record(&steps, moment, Some(help)),
        Record {
            passed: Some("moment"),
            place: Some("help")
        }
    );
}

#[test]
fn a_lesson_resumes_at_its_last_gate_and_goes_on_from_where_one_was() {
    let steps = steps(&["hello", "*safe", "moment", "loop", "*again", "end"]);
    assert_eq!(id(&steps, resume(&steps, None)), Some("hello"), "no gate before it");
    assert_eq!(id(&steps, resume(&steps, Some("loop"))), Some("safe"));
    assert_eq!(id(&steps, resume(&steps, Some("end"))), Some("again"));
    let safe = Here::on_path(1);
    assert_eq!(id(&steps, answer(&steps, safe, Go::Next, Some("loop"))), Some("loop"));
    assert_eq!(
        id(&steps, answer(&steps, safe, Go::Next, Some("end"))),
        Some("moment"),
        "never past a gate that was not asked"
    );
    assert_eq!(
        id(&steps, answer(&steps, safe, Go::Next, Some("hello"))),
        Some("moment")
    );
}

#[test]
fn a_gate_that_is_not_shown_is_not_asked() {
    let mut steps = steps(&["*safe", "moment"]);
    steps[0].shown = false;
    assert_eq!(id(&steps, resume(&steps, Some("moment"))), Some("moment"));
}

#[test]
fn a_jump_to_what_comes_next_is_no_jump() {
    let steps = steps(&["*safe", "-hidden", "moment", "help"]);
    for go in [Go::To("moment"), Go::To("hidden")] {
        assert_eq!(answer(&steps, Here::on_path(0), go, None), Some(Here::on_path(2)));
    }
}

#[test]
fn a_jump_to_nowhere_stays_at_the_gate() {
    let steps = steps(&["*safe", "moment"]);
    assert_eq!(
        answer(&steps, Here::on_path(0), Go::To("gone"), None),
        Some(Here::on_path(0))
    );
}

#[test]
fn back_from_aside_is_the_gate() {
    let steps = steps(&["hello", "*safe", "moment", "help"]);
    let help = answer(&steps, Here::on_path(1), Go::To("help"), None).unwrap();
    assert_eq!(back(&steps, help), Some(Here::on_path(1)));
    assert_eq!(back(&steps, Here::on_path(1)), Some(Here::on_path(0)));
    assert_eq!(back(&steps, Here::on_path(0)), None);
    assert_eq!(choose(&steps, help, "hello"), Some(Here::on_path(0)));
}

#[test]
fn in_a_sitting_leaving_the_path_counts_as_apart() {
    let steps = steps(&["*safe", "moment", "help"]);
    assert_eq!(in_a_sitting(&steps, 0, Go::Next), None);
    assert_eq!(in_a_sitting(&steps, 0, Go::To("moment")), None);
    assert_eq!(in_a_sitting(&steps, 0, Go::To("help")), Some(Pick::Apart));
    assert_eq!(in_a_sitting(&steps, 0, Go::To("gone")), Some(Pick::Apart));
    assert_eq!(in_a_sitting(&steps[..1], 0, Go::Next), None);
}

#[test]
fn a_gate_counts_as_passed_by_what_lies_around_it() {
    let a_step = |id: &str, passed| done::Step {
        id: id.into(),
        shown: true,
        passed,
        asks: false,
    };
    let through = Some(done::Passed::Through);
    let passed = |steps: &[done::Step], gates: &[bool]| -> Vec<bool> {
        counted(steps, gates).iter().map(|step| step.passed.is_some()).collect()
    };
    let at_start = [a_step("safe", None), a_step("a", None), a_step("b", None)];
    let later = [a_step("safe", None), a_step("a", through), a_step("b", None)];
    let gates = [true, false, false];
    assert_eq!(passed(&at_start, &gates), [false, false, false]);
    assert_eq!(passed(&later, &gates), [true, true, false]);
    let at_end = [a_step("a", through), a_step("safe", None)];
    assert!(done::finished(&counted(&at_end, &[false, true])));
    assert_eq!(passed(&at_end, &[]), [true, false], "without gates nothing changes");
    assert_eq!(passed(&[a_step("safe", None)], &[true]), [false]);
}

proptest! {
    /// However a person who was led away walks on, nothing is written until they are back at the gate.
    #[test]
    fn off_the_path_no_walk_writes_anything(
        shown in prop::collection::vec(any::<(bool, bool)>(), 3..12),
        jump in 0usize..12,
        moves in prop::collection::vec((0u8..4, 0usize..12), 0..20),
    ) {
        let target = 2 + jump % (shown.len() - 2);
        let steps: Vec<Step> = shown
            .iter()
            .enumerate()
            .map(|(at, (shown, gate))| Step {
                id: format!("s{at}"),
                // The gate, a step that comes next, and one to jump to: the jump is one in every case.
                shown: *shown || [0, 1, target].contains(&at),
                gate: *gate || at == 0,
            })
            .collect();
        let mut here = answer(&steps, Here::on_path(0), Go::To(&steps[target].id), None).unwrap();
        prop_assert_eq!(here, Here { at: target, route: Route::Aside { gate: 0 } });
        for (how, at) in moves {
            let target = &steps[at % steps.len()].id;
            let to = match how {
                0 => forward(&steps, here),
                1 => choose(&steps, here, target),
                _ if !steps[here.at].gate => forward(&steps, here),
                2 => answer(&steps, here, Go::Next, Some(target)),
                _ => answer(&steps, here, Go::To(target), None),
            };
            prop_assert_eq!(record(&steps, here, to), Record::default());
            let Some(to) = to else { break };
            if to.route == Route::Path {
                prop_assert_eq!(to.at, 0, "the only way back is the gate or what lies before it");
                break;
            }
            here = to;
        }
    }

    /// Taking a lesson up never lands behind a gate that was not asked.
    #[test]
    fn nobody_resumes_behind_a_gate(shown in prop::collection::vec(any::<(bool, bool)>(), 1..12), place in 0usize..14) {
        let steps: Vec<Step> = shown
            .iter()
            .enumerate()
            .map(|(at, (shown, gate))| Step { id: format!("s{at}"), shown: *shown, gate: *gate })
            .collect();
        let place = format!("s{place}");
        match resume(&steps, Some(&place)) {
            Some(here) => {
                prop_assert!(steps[here.at].shown);
                prop_assert!(steps[here.at].gate || !steps[..here.at].iter().any(|step| step.shown && step.gate));
            }
            None => prop_assert!(steps.iter().all(|step| !step.shown)),
        }
    }
}
