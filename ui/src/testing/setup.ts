// What every UI test stands on.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";

// What comes may come late on a busy machine; how soon is nothing these tests say.
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => cleanup());
