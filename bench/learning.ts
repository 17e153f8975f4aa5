import type { Figure } from "./figure.ts";
import { learningFeatures } from "./learning-features.ts";
import { learningForecasting } from "./learning-forecasting.ts";
import { learningHonesty } from "./learning-honesty.ts";
import { learningJob } from "./learning-job.ts";
import { learningLinear } from "./learning-linear.ts";
import { learningNetworks } from "./learning-networks.ts";
import { learningTrees } from "./learning-trees.ts";

/** Learning on one core: trees, lines, networks, forecasters and features; a comparison as a job on two; and what is found where there is nothing. */
export async function* learning(): AsyncGenerator<readonly Figure[]> {
  yield learningTrees();
  yield learningLinear();
  yield learningNetworks();
  yield learningForecasting();
  yield learningFeatures();
  yield await learningJob();
  yield learningHonesty();
}
