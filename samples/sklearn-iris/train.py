"""Trains a few classifiers on the iris data and logs them with MLflow.

Run it with `python train.py` and watch the runs appear. It uses the ordinary `mlflow` package and knows nothing of
the editor that it runs in.
"""

import argparse
import os
import struct
import sys
import time
import zlib

try:
    import mlflow
    from sklearn.datasets import load_iris
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import SGDClassifier
    from sklearn.metrics import classification_report, confusion_matrix, log_loss
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler
except ModuleNotFoundError as missing:
    sys.exit(f"This sample needs the package that has '{missing.name}': pip install mlflow scikit-learn")

IRIS = load_iris()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=30, help="passes over the training data")
    parser.add_argument("--alpha", type=float, default=0.001, help="strength of the regularisation")
    parser.add_argument("--pause", type=float, default=0.2, help="seconds to wait after each epoch")
    options = parser.parse_args()

    # Inside `mlflow run` the run, and so the experiment, is already chosen.
    if "MLFLOW_RUN_ID" not in os.environ:
        mlflow.set_experiment("iris")

    features = StandardScaler().fit_transform(IRIS.data)
    data = train_test_split(features, IRIS.target, test_size=0.3, random_state=7, stratify=IRIS.target)
    train_linear(data, options)
    sweep_forests(data, options)


def train_linear(data, options):
    """One model trained in epochs, with metrics at every step."""
    train_x, test_x, train_y, test_y = data
    with mlflow.start_run(run_name="logistic regression"):
        mlflow.log_params({"model": "SGDClassifier", "epochs": options.epochs, "alpha": options.alpha})
        mlflow.set_tag("dataset", "iris")
        model = SGDClassifier(loss="log_loss", alpha=options.alpha, random_state=7)
        for epoch in range(options.epochs):
            model.partial_fit(train_x, train_y, classes=[0, 1, 2])
            mlflow.log_metrics(
                {
                    "train_loss": log_loss(train_y, model.predict_proba(train_x)),
                    "test_loss": log_loss(test_y, model.predict_proba(test_x)),
                    "test_accuracy": model.score(test_x, test_y),
                },
                step=epoch,
            )
            time.sleep(options.pause)
        log_report(model, test_x, test_y)
        # The name of this argument changed in MLflow 3. Naming the requirement spares a slow search for it.
        name = {"name": "model"} if int(mlflow.__version__.split(".")[0]) >= 3 else {"artifact_path": "model"}
        mlflow.sklearn.log_model(model, **name, pip_requirements=["scikit-learn"])


def sweep_forests(data, options):
    """A run with a child run for each combination; the best score is logged on the parent."""
    train_x, test_x, train_y, test_y = data
    with mlflow.start_run(run_name="forest sweep"):
        best = 0.0
        for trees in (5, 50):
            for depth in (1, 3):
                with mlflow.start_run(run_name=f"{trees} trees, depth {depth}", nested=True):
                    mlflow.log_params({"n_estimators": trees, "max_depth": depth})
                    model = RandomForestClassifier(n_estimators=trees, max_depth=depth, random_state=7)
                    accuracy = model.fit(train_x, train_y).score(test_x, test_y)
                    mlflow.log_metric("test_accuracy", accuracy)
                    best = max(best, accuracy)
                    time.sleep(options.pause)
        mlflow.log_metric("best_test_accuracy", best)


def log_report(model, test_x, test_y):
    """A text and an image artifact."""
    predicted = model.predict(test_x)
    mlflow.log_text(classification_report(test_y, predicted, target_names=IRIS.target_names), "report.txt")
    with open("confusion_matrix.png", "wb") as file:
        file.write(heatmap_png(confusion_matrix(test_y, predicted).tolist()))
    mlflow.log_artifact("confusion_matrix.png", "plots")
    os.remove("confusion_matrix.png")


def heatmap_png(rows, cell=80):
    """The bytes of a PNG image with a square for each number, white for 0 and blue for the largest."""
    largest = max(max(row) for row in rows) or 1
    lines = bytearray()
    for row in rows:
        shades = [round(255 * (1 - value / largest)) for value in row]
        line = b"\x00" + b"".join(bytes((shade, shade, 255)) * (cell - 1) + b"\x99\x99\x99" for shade in shades)
        lines += line * (cell - 1) + b"\x00" + b"\x99\x99\x99" * (cell * len(row))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", cell * len(rows[0]), cell * len(rows), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    main()
