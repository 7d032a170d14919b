import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportedFigure",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                ("recorded_by", models.BigIntegerField(editable=False, null=True, verbose_name="登记人")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="编号")),
                ("title", models.CharField(blank=True, editable=False, max_length=200, verbose_name="名称")),
                ("state", models.CharField(editable=False, max_length=40, verbose_name="状态")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("waiting", "等待"),
                            ("decided", "已办结"),
                            ("closed", "已归档"),
                            ("void", "已作废"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="归档日期")),
                ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="到期日")),
                ("historical", models.BooleanField(default=False, editable=False, verbose_name="补录")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("open", "公开"), ("internal", "内部"), ("work_secret", "工作秘密")],
                        default="internal",
                        max_length=20,
                        verbose_name="密级",
                    ),
                ),
                ("void_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="作废原因")),
                ("measure", models.CharField(max_length=80, verbose_name="指标")),
                ("period_first", models.DateField(verbose_name="期间起")),
                ("period_last", models.DateField(verbose_name="期间止")),
                (
                    "applicable",
                    models.BooleanField(
                        default=True,
                        help_text="本单位没有这项职权或业务时，填“否”；有而未发生的，填0",
                        verbose_name="适用",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="数值"),
                ),
                ("evidence", models.TextField(help_text="数值从哪些台账、文件得来，由谁保管", verbose_name="依据")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("returned_for", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="承办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "填报数据",
                "verbose_name_plural": "填报数据",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["jurisdiction", "opened_on", "id"], name="measures_re_jurisdi_e8db6a_idx"),
                    models.Index(fields=["unit", "opened_on"], name="measures_re_unit_id_303a6f_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("jurisdiction", "number"), name="measures_reportedfigure_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("void_reason", "")),
                        fields=("jurisdiction", "measure", "unit", "period_first", "period_last"),
                        name="measures_reported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applicable", False), ("value", None)),
                            models.Q(("applicable", True), ("value__isnull", False)),
                            _connector="OR",
                        ),
                        name="measures_reported_value",
                        violation_error_message="适用的指标须填数值（没有发生填0），不适用的不填数值",
                    ),
                ],
            },
        ),
    ]
