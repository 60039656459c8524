// The English catalogue: every string a person reads. A language is added by writing the same shape in another file.
import { app } from "./en/app";
import { blocks } from "./en/blocks";
import { earlier } from "./en/earlier";
import { find } from "./en/find";
import { keep } from "./en/keep";
import { lesson } from "./en/lesson";
import { lock } from "./en/lock";
import { removal } from "./en/removal";
import { settings } from "./en/settings";

export const m = { ...app, ...earlier, ...find, ...keep, ...lesson, ...blocks, ...lock, ...removal, ...settings };
