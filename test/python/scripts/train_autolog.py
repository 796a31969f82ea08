"""An ordinary scikit-learn script: autologging is all that it knows of tracking."""

import mlflow
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split

mlflow.sklearn.autolog()
mlflow.set_experiment("iris")

features, target = load_iris(return_X_y=True, as_frame=True)
train_x, test_x, train_y, test_y = train_test_split(features, target, test_size=0.3, random_state=7)

with mlflow.start_run(run_name="one model"):
    model = LogisticRegression(C=0.5, max_iter=300).fit(train_x, train_y)
    model.score(test_x, test_y)

with mlflow.start_run(run_name="a search"):
    search = GridSearchCV(LogisticRegression(max_iter=300), {"C": [0.1, 1.0]}, cv=3)
    search.fit(train_x, train_y)
