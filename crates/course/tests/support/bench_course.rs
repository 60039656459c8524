//! A course as large as one likes, of lessons like ours: every kind of block, and lessons that name each other.

use std::fmt::Write;
use std::path::Path;

/// Writes a clean course of `count` lessons and one questionnaire into an empty folder.
///
/// # Errors
/// When the disk refuses.
pub fn bench_course(dir: &Path, count: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(dir.join("en"))?;
    std::fs::create_dir_all(dir.join("instruments"))?;
    std::fs::write(dir.join("course.toml"), manifest(count))?;
    std::fs::write(dir.join("instruments/pulse.md"), PULSE)?;
    std::fs::write(dir.join("lamp.png"), PICTURE)?;
    for at in 0..count {
        std::fs::write(dir.join(format!("en/{}.md", id(at))), lesson(at))?;
    }
    Ok(())
}

fn id(at: usize) -> String {
    format!("lesson-{at:04}")
}

fn manifest(count: usize) -> String {
    let ids: Vec<String> = (0..count).map(|at| format!("  \"{}\",", id(at))).collect();
    format!(
        "format = 1\nid = \"bench\"\ntitle = \"A large course\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC0-1.0\"\ninstruments = [\"pulse\"]\nlessons = [\n{}\n]\n\n[[parts]]\nid = \"only\"\ntitle = \"Only part\"\n\n[[paths]]\nid = \"first\"\ntitle = \"We want to see what this is\"\nlessons = [\"{}\"]\n",
        ids.join("\n"),
        id(0)
    )
}

/// As much of a picture as is looked at: its head.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x40\0\0\0\x30\x08\x06\0\0\0";

const PULSE: &str = "\
---
format: 1
id: pulse
kind: instrument
title: \"A pulse\"
version: \"1.0.0\"
lang: en
audience: solo
minutes: 3
licence: CC0-1.0
sources: [\"Ours\"]
scoring: {method: none, missing: 2}
---

## The past week {#past-week}

> [!rating] In the past week {#week range=0-10}
> - 0: not at all
> - 10: very much
> - How close have I felt? {#close}
> - How stuck were we? {#stuck score=reverse}
";

/// About as much as a lesson of ours has to read.
const TALK: &str = "\
Two people come home late, and neither says what the day was like. One asks about the shopping, the other hears *a
reproach*, and the evening goes **quiet**. Nobody meant it to. What happened between the question and the quiet is what
this lesson looks at, and it takes its time over it.

- It takes about twenty minutes, and you can stop after any step.
- You can skip what you like, and nobody is told.
- What you write stays yours until you choose otherwise.

> [!IMPORTANT]
> This looks at ordinary quarrels. If you are afraid of your partner, this is not the lesson; see *Support*.

You may want to read [how it is kept](https://example.org/kept) first. Then begin wherever you like[^1].

![A lamp in a window](lamp.png)

[^1]: The order is only a suggestion.
";

fn lesson(at: usize) -> String {
    let before = id(at.saturating_sub(1));
    let mut text = format!(
        "---\nformat: 1\nid: {}\ntitle: \"Lesson {at}\"\nversion: \"1.0.0\"\nlang: en\naudience: either\nminutes: 20\npart: only\nsummary: \"One small thing, looked at closely.\"\n",
        id(at)
    );
    if at > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "requires: [{before}]");
    }
    text.push_str("licence: CC0-1.0\nsources:\n  - \"Ours\"\n---\n\n");
    for (step, blocks) in BLOCKS.iter().enumerate() {
        let _ = write!(
            text,
            "## Step {step} of lesson {at} {{#step-{step}}}\n\n{TALK}\n{blocks}\n"
        );
    }
    if at > 0 {
        let _ = write!(
            text,
            "## Looking back {{#back}}\n\n> [!recall] What you wrote before {{#again of={before}.half.feel}}\n> Nothing yet, and that is fine.\n\n> [!chart] How warm it was {{#warmth of={before}.heat,{before}.rows as=line}}\n"
        );
    }
    text
}

/// A step's blocks each; every kind that does not look back to another lesson.
const BLOCKS: &[&str] = &[
    "\
> [!gate] What brings you here? {#gate}
> - Plain curiosity {#curious go=next}
> - I know this one already {#known go=step-4}

> [!ready] How would you like to do this? {#ready}

> [!pause] Breathe out once, slowly. Look around. {#pause}
",
    "\
> [!short] In a few words: which moment? {#moment max=120}

> [!long] What happened then? {#what rows=6 sensitive}
> As if a camera had been in the room.

> [!scale] How warm did it get? {#heat range=0-10}
> - 0: cool
> - 10: hot

> [!rating] How much of each was there? {#rows range=0-5}
> - 0: none
> - 5: a lot
> - Hurry {#hurry}
> - Tiredness {#tired}

> [!cycle] One round of it {#half half}
> 1. What I saw or heard {#spark spark}
> 2. What I did {#move seen}
> 3. What I felt underneath {#feel under}
",
    "\
> [!choice] Which is nearest? {#near}
> - I went after it {#after}
> - I went away {#away}
> - Something else {#else other}

> [!choices] What helps? {#helps min=1 max=3}
> - Rest {#rest}
> - A walk {#walk}
> - Being asked {#asked}

> [!list] What do you like about them? {#likes reveal pick min=1 max=5}

> [!sort] Where do these belong? {#sorted reveal own}
> 1. Like {#like}
> 2. Not now {#not-now}
> - A long hug {#hug}
> - A walk after supper {#supper}

> [!frame] One sentence {#sentence reveal}
> - When ___ {#event}
> - I feel ___, {#feeling}

> [!compare] Side by side {#side of=likes,sorted}
",
    "\
> [!checklist] Before you begin {#before}
> - [ ] We have eaten {#eaten}
> - [ ] Nobody is in a hurry {#time}

> [!talk] Two turns each {#talk joint rounds=2 swap heard}
> 1. One speaks {#speaks minutes=3}
> 2. The other says it back {#says-back minutes=1}

> [!timer] Three quiet minutes {#quiet minutes=3}

> [!agreement] Our sign for a break {#sign joint review=2w}

> [!log] Did you notice it? {#noticed per=day}
> - I noticed it while it happened {#while}
> - I noticed it later {#later}

> [!practice] One small thing for the week {#small days=7}
> - Look up when they come in {#look-up}
> - Ask one question {#question}

> [!plan] A book, if you like {#book every=week}
> 1. The first part {#part-one pages=1-40}
> 2. The second part {#part-two pages=41-80}

> [!instrument] The pulse {#pulse use=pulse}
",
    "\
> [!help] Somebody to talk to {#help topic=crisis}

> [!note] Where this comes from
> It is ours, and it is not tested.
",
];
