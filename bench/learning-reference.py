"""Times and areas under the ROC curve of scikit-learn on sets that learning-trees.ts writes.

Arguments: folder, sets, of how many of them a forest is grown, training rows, test rows, features.
A set is "<i>.features" (float64, feature after feature) and "<i>.target" (float64). Prints a line of
JSON for each set.
"""

import json
import sys
import time

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import roc_auc_score


def measured(model, train, test):
    start = time.perf_counter()
    model.fit(*train)
    seconds = time.perf_counter() - start
    rows, target = test
    return {"seconds": seconds, "auc": roc_auc_score(target, model.predict_proba(rows)[:, 1])}


def main():
    folder = sys.argv[1]
    sets, forests, train_rows, test_rows, features = map(int, sys.argv[2:])
    for i in range(sets):
        columns = numpy.fromfile(f"{folder}/{i}.features").reshape(features, train_rows + test_rows)
        rows = numpy.ascontiguousarray(columns.T)
        target = numpy.fromfile(f"{folder}/{i}.target")
        train = rows[:train_rows], target[:train_rows]
        test = rows[train_rows:], target[train_rows:]
        boosting = HistGradientBoostingClassifier(
            max_iter=200,
            learning_rate=0.1,
            max_leaf_nodes=31,
            min_samples_leaf=20,
            l2_regularization=0,
            max_bins=255,
            early_stopping=False,
        )
        answer = {"boosting": measured(boosting, train, test), "forest": None}
        if i < forests:
            forest = RandomForestClassifier(100, n_jobs=1, random_state=i)
            answer["forest"] = measured(forest, train, test)
        print(json.dumps(answer), flush=True)


main()
