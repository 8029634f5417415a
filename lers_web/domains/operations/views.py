"""HTTP of operations: the queues, the jobs, and the state of each part."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from lers_web.domains.operations import parts, service
from lers_web.domains.operations.schemas import HealthOut, JobBoardOut, JobOut, RetryIn
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.public_config import release
from lers_web.http.runtime import runtime
from lers_web.kernel.permissions import Permission

jobs = Blueprint("jobs", __name__, url_prefix="/api/v1/lers/jobs", description="Jobs behind the screens")
health = Blueprint("system_health", __name__, url_prefix="/api/v1/lers/health", description="The parts of LERS")
blueprints = (jobs, health)


@jobs.route("/")
class Jobs(MethodView):
    @jobs.response(200, JobBoardOut)
    @operation("Look at the queues", permission=Permission.OPS_READ, errors=(503,))
    def get(self) -> Response:
        """Numbers of each queue, the workers, the periodic jobs, and the 50 newest failures."""
        with current_uow() as uow:
            return answer(service.board(uow))


@jobs.route("/<string:job_id>/")
class OneJob(MethodView):
    @jobs.response(200, JobOut)
    @operation("Ask how a job goes", errors=(404, 503))
    def get(self, job_id: str) -> Response:
        """Of your own tenant; a SUPER_ADMIN asks of any. A job that went well is forgotten after a minute."""
        with current_uow() as uow:
            return answer(service.job(uow, job_id))


@jobs.route("/<string:job_id>/retry/")
class RetryJob(MethodView):
    @jobs.arguments(RetryIn, example={})
    @jobs.response(200, JobOut)
    @operation("Try a failed job again", permission=Permission.OPS_WRITE, errors=(404, 409, 503))
    def post(self, _body: dict[str, Any], job_id: str) -> Response:
        """It goes to the end of its queue."""
        with current_uow() as uow:
            return answer(service.retry(uow, job_id))


@health.route("/")
class Health(MethodView):
    @health.response(200, HealthOut)
    @operation("Look at the parts of LERS", permission=Permission.OPS_READ)
    def get(self) -> Response:
        """Web, hub, relay, workers, scheduler, database, Redis, file store, scanner and mail relay."""
        with current_uow() as uow:
            database = service.begin_health(uow)
        return answer(parts.look(runtime().backend.ports, database, release()))
