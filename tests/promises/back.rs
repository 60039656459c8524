//! Looking back: earlier words met again, charts, scores, a plan after an absence.

use lesson::Value;
use pairwise::ipc::dto::{Chart, LayerName, PlanMove, Recalled, RecalledSide, Refusal, Seat, Unit};

use crate::{
    every::{day, entries, gaps, lines, plan, takes},
    kinds::world,
    world::{World, days_pass, id, stages, text},
};

fn recalled(world: &mut World, block: &str) -> (Recalled, Vec<RecalledSide>) {
    let recalls = world.state().recalls;
    let recall = recalls.into_iter().find(|recall| recall.block == id(block)).unwrap();
    (recall.found, recall.opened)
}

fn words(found: &Recalled) -> Vec<String> {
    match found {
        Recalled::Words { lines, .. } => lines.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn parts_of_loops_and_sentences_are_met_again() {
    let mut world = world().with_one();
    world
        .writes("loop", stages(&[("spark", "the phone"), ("felt", "left out")]))
        .writes("gentle", gaps(&[("event", "the door slams"), ("feel", "very small")]));
    assert_eq!(words(&recalled(&mut world, "again-part").0), ["the phone"]);
    assert_eq!(words(&recalled(&mut world, "again-gap").0), ["very small"]);
}

#[test]
fn the_newest_run_in_which_something_was_written_is_met_again() {
    let mut world = world().with_one();
    world.writes("happened", text("the first time"));
    let token = world.token.clone();
    world.run = world.session.begin_again(&token, &id("every")).unwrap().run;
    assert_eq!(words(&recalled(&mut world, "again").0), ["the first time"]);
    world.writes("happened", text("the second time"));
    assert_eq!(words(&recalled(&mut world, "again").0), ["the second time"]);
    world.writes("happened", text("  "));
    assert_eq!(
        words(&recalled(&mut world, "again").0),
        ["the first time"],
        "blank is no answer"
    );
}

#[test]
fn what_both_opened_is_met_again_by_both_and_what_was_not_by_nobody_else() {
    let mut world = world().with_two();
    for (seat, name) in [(Seat::A, "robin"), (Seat::B, "sam")] {
        world
            .turn(seat)
            .writes("gentle", gaps(&[("feel", &format!("{name} small"))]))
            .writes(
                "glad",
                lines(&[&format!("{name} shows"), &format!("{name} keeps")], &[0]),
            )
            .seals("writing")
            .pass_keyboard();
    }
    assert!(matches!(recalled(&mut world, "again-gap"), (Recalled::Covered, opened) if opened.is_empty()));
    for seat in [Seat::A, Seat::B] {
        world.says_open(seat, "writing", LayerName::Surface).unwrap();
    }
    let (found, opened) = recalled(&mut world, "again-gap");
    assert!(matches!(found, Recalled::Nothing));
    let sides: Vec<(Seat, &str)> = opened.iter().map(|side| (side.seat, side.lines[0].as_str())).collect();
    assert_eq!(sides, [(Seat::A, "robin small"), (Seat::B, "sam small")]);
    let glad = recalled(&mut world, "again-glad").1;
    assert_eq!(glad[0].lines, ["robin shows"], "what was kept back stays back");
    world.token = world.session.open_door(Seat::B).unwrap().token;
    world.open();
    let (found, opened) = recalled(&mut world, "again-glad");
    assert_eq!(
        words(&found),
        ["sam shows", "sam keeps"],
        "one's own, whole, behind one's own door"
    );
    assert_eq!(opened[0].lines, ["robin shows"]);
}

#[test]
fn what_lies_underneath_is_met_again_only_once_it_was_opened() {
    let every = crate::every::EVERY.replace("of=every.loop.spark}", "of=every.loop.felt}");
    let mut world = World::with(&[("every", &every), ("pulse", crate::every::PULSE)]).with_two();
    for seat in [Seat::A, Seat::B] {
        world
            .turn(seat)
            .writes("loop", stages(&[("spark", "the phone"), ("felt", "left out")]))
            .seals("both-step")
            .pass_keyboard();
    }
    for layer in [LayerName::Surface, LayerName::Under] {
        assert!(recalled(&mut world, "again-part").1.is_empty());
        for seat in [Seat::A, Seat::B] {
            world.says_open(seat, "both-step", layer).unwrap();
        }
    }
    assert_eq!(recalled(&mut world, "again-part").1.len(), 2);
}

fn chart(world: &mut World, block: &str) -> Chart {
    let charts = world.state().charts;
    charts.into_iter().find(|chart| chart.block == id(block)).unwrap()
}

#[test]
fn days_nobody_wrote_about_are_gaps_and_no_zeros() {
    let mut world = world().with_one();
    assert!(!chart(&mut world, "days").enough);
    world.writes(
        "noticed",
        entries(&[
            ("2026-11-20", &["early"], ""),
            ("2026-11-22", &[], "on the stairs"),
            ("2026-11-22", &[], ""),
        ]),
    );
    let days = chart(&mut world, "days");
    assert!(days.enough);
    let series = &days.series[0];
    assert_eq!((series.label.as_str(), series.unit), ("I noticed it", Unit::Count));
    let last: Vec<Option<f64>> = series
        .points
        .iter()
        .rev()
        .take(5)
        .rev()
        .map(|point| point.value)
        .collect();
    assert_eq!(last, [Some(1.0), None, Some(2.0), None, None], "up to today, the 24th");
    assert_eq!(series.points.last().unwrap().on, Some(day("2026-11-24")));
    let words: Vec<&str> = series
        .points
        .iter()
        .map(|point| point.label.as_str())
        .filter(|label| !label.is_empty())
        .collect();
    assert_eq!(words, ["early", "on the stairs"]);
}

#[test]
fn a_chart_goes_over_every_run_and_a_blank_is_no_point() {
    let mut world = world().with_one();
    for at in [Some(0), Some(4), None, Some(6), Some(2)] {
        world.writes("heat", Value::Mark { at });
        days_pass(1);
        let token = world.token.clone();
        world.run = world.session.begin_again(&token, &id("every")).unwrap().run;
    }
    let heats = chart(&mut world, "heats");
    let series = &heats.series[0];
    assert_eq!(series.ends, Some((0.0, 10.0)));
    let values: Vec<Option<f64>> = series.points.iter().map(|point| point.value).collect();
    assert_eq!(values, [Some(0.0), Some(4.0), None, Some(6.0), Some(2.0)]);
    assert_eq!(series.points[0].on, Some(day("2026-11-24")));
    assert!(heats.enough);
}

#[test]
fn a_questionnaire_is_scored_as_it_says_and_a_week_left_out_is_a_gap() {
    let mut world = world().with_one();
    let weeks = ["2026-10-01", "2026-10-08", "2026-10-15", "2026-11-05", "2026-11-12"];
    let marks: Vec<(&str, &[(&str, i32)])> = weeks
        .iter()
        .zip([
            &[("close", 2), ("stuck", 10)][..],
            &[("close", 4), ("stuck", 9)],
            &[("close", 3)],
            &[("close", 0), ("stuck", 10)],
            &[("close", 7), ("stuck", 3)],
        ])
        .map(|(week, marks)| (*week, marks))
        .collect();
    world.writes("pulse", takes(&marks));
    let pulses = chart(&mut world, "pulses");
    let series = &pulses.series[0];
    assert_eq!((series.unit, series.noise), (Unit::Score, None));
    let values: Vec<Option<f64>> = series.points.iter().map(|point| point.value).collect();
    assert_eq!(
        values,
        [Some(2.0), Some(5.0), None, Some(0.0), Some(14.0)],
        "one was not whole, and a zero is a score"
    );
    let score = &world.state().scores[0];
    assert_eq!(
        (score.on, score.total, score.change),
        (day("2026-11-12"), Some(14.0), None)
    );
}

#[test]
fn nothing_of_one_person_is_drawn_while_both_look() {
    let mut world = world().with_two();
    world
        .turn(Seat::A)
        .writes("noticed", entries(&[("2026-11-22", &[], "on the stairs")]));
    assert!(chart(&mut world, "days").enough);
    world.pass_keyboard();
    assert!(!world.screen().contains("on the stairs"));
    assert!(!chart(&mut world, "days").enough);
    world.turn(Seat::B);
    assert!(!world.screen().contains("on the stairs"));
}

fn mark(world: &mut World, part: u32) {
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .set_bookmark(&token, &run, &id("reading"), Some(part), false)
        .unwrap();
}

fn ways(world: &mut World) -> Vec<(PlanMove, chrono::NaiveDate)> {
    world.state().plans[0]
        .ways
        .iter()
        .map(|way| (way.how, way.ends))
        .collect()
}

fn dues(world: &mut World) -> Vec<String> {
    let plans = world.state().plans;
    plans[0].parts.iter().map(|part| part.by.unwrap().to_string()).collect()
}

#[test]
fn after_an_absence_a_plan_can_be_resumed_shortened_or_begun_again() {
    // Four parts of a week each from the 16th; on the 24th it is the second part's week.
    let begun = || {
        let mut world = world().with_one();
        world.writes("reading", plan("A slow book", Some("2026-11-16")));
        mark(&mut world, 1);
        assert!(
            ways(&mut world).is_empty(),
            "on its way, or no more than a stretch behind"
        );
        days_pass(13);
        world
    };
    let offered = ways(&mut begun());
    assert_eq!(
        offered,
        [
            (PlanMove::Resume, day("2026-12-27")),
            (PlanMove::Shorten, day("2026-12-12")),
            (PlanMove::Restart, day("2027-01-03")),
        ]
    );
    for (how, ends) in offered {
        let mut world = begun();
        let (token, run) = (world.token.clone(), world.run.clone());
        world.session.move_plan(&token, &run, &id("reading"), how).unwrap();
        assert_eq!(dues(&mut world).last().unwrap(), &ends.to_string(), "{how:?}");
        assert!(ways(&mut world).is_empty(), "{how:?}: nothing more to say");
        let mine = world.state().plans[0].mine;
        assert_eq!(mine, Some(if how == PlanMove::Restart { 0 } else { 1 }));
        world.restart();
        world.enter(Seat::A);
        assert_eq!(dues(&mut world).last().unwrap(), &ends.to_string(), "{how:?}");
    }
}

#[test]
fn a_book_that_is_sensitive_or_was_another_question_is_not_on_the_first_page() {
    let shown = |attribute: &str| {
        let mut world = world().with_one();
        world.writes("reading", plan("A slow book", None));
        let from = "{#reading joint every=week}";
        let to = format!("{{#reading joint every=week{attribute}}}");
        assert!(crate::every::EVERY.contains(from));
        world.write("lessons/en/every.md", &crate::every::EVERY.replace(from, &to));
        world.restart();
        world.enter(Seat::A);
        let home = world.session.home(&world.token).unwrap();
        serde_json::to_string(&home).unwrap().contains("A slow book")
    };
    assert!(shown(""));
    assert!(!shown(" sensitive"));
    assert!(!shown(" rev=2"));
}

#[test]
fn a_plan_of_both_is_moved_by_both_and_nobody_is_told_where_the_other_is() {
    let mut world = world().with_two();
    world.writes("reading", plan("A slow book", Some("2026-11-16")));
    world.turn(Seat::A);
    mark(&mut world, 0);
    world.pass_keyboard();
    days_pass(20);
    assert!(ways(&mut world).is_empty(), "no bookmark is shown");
    let (token, run) = (world.token.clone(), world.run.clone());
    let refused = world.session.move_plan(&token, &run, &id("reading"), PlanMove::Resume);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere);
    world.turn(Seat::A);
    assert!(ways(&mut world).is_empty(), "not one person's to change");
    let token = world.token.clone();
    world
        .session
        .set_bookmark(&token, &run, &id("reading"), Some(0), true)
        .unwrap();
    world.pass_keyboard();
    assert!(!ways(&mut world).is_empty());
    let token = world.token.clone();
    world
        .session
        .move_plan(&token, &run, &id("reading"), PlanMove::Resume)
        .unwrap();
    assert_eq!(dues(&mut world)[0], "2026-12-20");
}
