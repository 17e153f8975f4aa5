import { expect, test } from "vitest";
import { createAdam } from "./adam.ts";

test("Adam steps as its definition says", () => {
  const parameters = Float64Array.of(1, -2);
  const gradient = Float64Array.of(0, 0);
  const step = createAdam(parameters, gradient, { learningRate: 0.1, gradientNormMax: null });
  const expected = [1, -2];
  const m = [0, 0];
  const v = [0, 0];
  for (let t = 1; t <= 20; t++) {
    expected.forEach((parameter, i) => {
      const slope = Math.sin(t + i) + parameter;
      gradient[i] = slope;
      m[i] = 0.9 * m[i]! + 0.1 * slope;
      v[i] = 0.999 * v[i]! + 0.001 * slope ** 2;
      const root = Math.sqrt(v[i]! / (1 - 0.999 ** t));
      expected[i] = parameter - (0.1 * (m[i]! / (1 - 0.9 ** t))) / (root + 1e-8);
    });
    step();
    parameters.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 12);
    });
  }
});

test("a gradient longer than allowed steps as the shortened one", () => {
  const stepped = (gradients: readonly Float64Array[], gradientNormMax: number | null) => {
    const parameters = Float64Array.of(0, 0);
    const gradient = new Float64Array(2);
    const step = createAdam(parameters, gradient, { learningRate: 0.1, gradientNormMax });
    for (const next of gradients) {
      gradient.set(next);
      step();
    }
    return parameters;
  };
  const long = [Float64Array.of(30, 40), Float64Array.of(0.3, -0.4)];
  const short = [Float64Array.of(0.6, 0.8), Float64Array.of(0.3, -0.4)];
  const clipped = stepped(long, 1);
  stepped(short, null).forEach((value, i) => {
    expect(clipped[i]).toBeCloseTo(value, 12);
  });
});
