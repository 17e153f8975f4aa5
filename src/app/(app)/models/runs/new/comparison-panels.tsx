import type { ReactNode } from "react";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";

/** What the published comparison was, and what of it looks ahead. */
export function ThesisPanel({ lead, actions }: { lead: string; actions?: ReactNode }) {
  return (
    <Panel title="What is repeated" lead={lead} actions={actions}>
      <div className="flex flex-col gap-4 text-sm">
        <ul className="flex list-disc flex-col gap-1 pl-5">
          <li>
            The spread: what is left of leg Y over a line in leg X, scaled to 0…1 by its smallest
            and largest value.
          </li>
          <li>One chronological split: the first 80 % are learned from, the rest is forecast.</li>
          <li>Random forest and gradient boosting of 100 trees each, on the last 5 values.</li>
          <li>ARIMA with p and q up to 2 and d up to 1, chosen by Akaike’s criterion.</li>
          <li>
            LSTM of 50 units as encoder and decoder, 3 bars to 1: dropout 0.2, at most 50 epochs in
            batches of 16, patience 10.
          </li>
          <li>The rolling linear trend (RLRT), also over the whole span as it was published.</li>
          <li>The last value, which the comparison had not: the baseline that all must beat.</li>
        </ul>
        <p className="text-muted">
          Judged by the mean squared and the mean absolute error, and by two accuracies of trends
          side by side: the published one, and ours against the last value.
        </p>
        <Notice tone="warn" title="Two things look ahead, as published">
          The line and the scale are those of the whole span: both know the future. Prophet, which
          the comparison also tried, is left out.
        </Notice>
      </div>
    </Panel>
  );
}

/** What the bot of moving averages learned, and its honest counterpart. */
export function BotPanel({ isPairs }: { isPairs: boolean }) {
  const what = isPairs ? "the spread" : "the close";
  return (
    <Panel
      title="What is trained"
      lead="On the bars of the dataset; its own features and label are not read."
    >
      <div className="flex flex-col gap-4 text-sm">
        <p>
          Features: averages of {what} over 10 and 30 bars, their changes from bar to bar and their
          difference. Model: a random forest of 100 trees, the last 30 % of the rows kept apart.
        </p>
        <ol className="flex list-decimal flex-col gap-1 pl-5">
          <li>
            <strong className="font-medium">The bot’s label:</strong> whether the fast average
            stands above the slow one now. The features say that already, so the forest learns its
            own rule again and looks nearly perfect.
          </li>
          <li>
            <strong className="font-medium">Its honest counterpart:</strong> whether {what} is
            higher at the next bar. Same features, same forest, same rows.
          </li>
        </ol>
        <p className="text-muted">
          Both stand side by side in the result, each with its baselines.
        </p>
      </div>
    </Panel>
  );
}
