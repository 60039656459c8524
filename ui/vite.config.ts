// The build and the tests. The page runs under a strict content security policy (no inline script or style, no data: addresses), so
// fonts and pictures are always files, and Vite's inline module-preload helper is off.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  base: "./",
  build: {
    target: "safari16",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { port: 5173, strictPort: true },
  // Svelte's tests need its browser build.
  ...(mode === "test" ? { resolve: { conditions: ["browser"] } } : {}),
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.ts"],
    restoreMocks: true,
    // A test waits for what it looks for; this only ends one that hangs, and a busy machine is not one.
    testTimeout: 60_000,
  },
}));
