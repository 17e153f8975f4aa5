import { accountRouter } from "./routers/account-router.ts";
import { alertsRouter } from "./routers/alerts-router.ts";
import { backtestsRouter } from "./routers/backtests-router.ts";
import { datasetsRouter } from "./routers/datasets-router.ts";
import { feedRouter } from "./routers/feed-router.ts";
import { historyRouter } from "./routers/history-router.ts";
import { instrumentsRouter } from "./routers/instruments-router.ts";
import { jobsRouter } from "./routers/jobs-router.ts";
import { learningRunsRouter } from "./routers/learning-runs-router.ts";
import { liveRouter } from "./routers/live-router.ts";
import { marketsRouter } from "./routers/markets-router.ts";
import { modelsRouter } from "./routers/models-router.ts";
import { optimisationsRouter } from "./routers/optimisations-router.ts";
import { pairAnalysesRouter } from "./routers/pair-analyses-router.ts";
import { publishedStudiesRouter } from "./routers/published-studies-router.ts";
import { scansRouter } from "./routers/scans-router.ts";
import { schedulesRouter } from "./routers/schedules-router.ts";
import { sharesRouter } from "./routers/shares-router.ts";
import { strategiesRouter } from "./routers/strategies-router.ts";
import { suggestionsRouter } from "./routers/suggestions-router.ts";
import { universesRouter } from "./routers/universes-router.ts";
import { uploadsRouter } from "./routers/uploads-router.ts";
import { watchRouter } from "./routers/watch-router.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** All that the interface can ask for. access-matrix.test.ts has a row for each procedure. */
export const appRouter = router({
  account: accountRouter,
  uploads: uploadsRouter,
  instruments: instrumentsRouter,
  universes: universesRouter,
  scans: scansRouter,
  schedules: schedulesRouter,
  suggestions: suggestionsRouter,
  strategies: strategiesRouter,
  backtests: backtestsRouter,
  optimisations: optimisationsRouter,
  pairAnalyses: pairAnalysesRouter,
  publishedStudies: publishedStudiesRouter,
  datasets: datasetsRouter,
  learningRuns: learningRunsRouter,
  models: modelsRouter,
  shares: sharesRouter,
  jobs: jobsRouter,
  markets: marketsRouter,
  history: historyRouter,
  feed: feedRouter,
  watch: watchRouter,
  live: liveRouter,
  alerts: alertsRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures within this process, with a context of one's own. */
export const createCaller = createCallerFactory(appRouter);
