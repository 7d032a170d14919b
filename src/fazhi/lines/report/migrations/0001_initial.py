import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.ids
import fazhi.lines.report.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
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
                (
                    "pending",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=40, verbose_name="审批中的事项"
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[("area", "本地区法治政府建设年度报告"), ("department", "部门法治政府建设年度报告")],
                        default="area",
                        max_length=20,
                        verbose_name="报告类别",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(choices=fazhi.lines.report.models.years, verbose_name="报告年度"),
                ),
                ("year_ended_on", fazhi.lines.report.models.YearEnd(editable=False, verbose_name="年度终了")),
                ("heading", models.CharField(max_length=100, verbose_name="报告标题")),
                ("returned_for", models.CharField(blank=True, max_length=500, verbose_name="退回意见")),
                (
                    "submitted_to",
                    models.CharField(
                        blank=True,
                        help_text="本级党委、人民政府和上一级主管机关；抄送督察单位",
                        max_length=200,
                        verbose_name="报送机关",
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="报送日期")),
                (
                    "published_at",
                    models.CharField(
                        blank=True, help_text="网址，或报刊名称和期号", max_length=200, verbose_name="公开载体"
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公开日期")),
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="报告主体",
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
                "verbose_name": "年度报告",
                "verbose_name_plural": "年度报告",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Block",
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
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="层级")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("effects", "主要举措和成效"),
                            ("shortcomings", "存在的不足和原因"),
                            ("duty", "主要负责人履行第一责任人职责情况"),
                            ("next", "下一年度主要安排"),
                            ("other", "其他需要报告的情况"),
                        ],
                        max_length=20,
                        verbose_name="法定部分",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="文字")),
                ("removed", models.BooleanField(default=False, verbose_name="已删去")),
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
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="提供单位",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="report.report",
                        verbose_name="年度报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "报告段落",
                "verbose_name_plural": "报告段落",
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["jurisdiction", "opened_on", "id"], name="report_repo_jurisdi_ac3576_idx"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["unit", "opened_on"], name="report_repo_unit_id_9ac188_idx"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "number"), name="report_report_number"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_reason", "")),
                fields=("jurisdiction", "year", "subject", "kind"),
                name="report_once_a_year",
            ),
        ),
        migrations.AddIndex(
            model_name="block",
            index=models.Index(fields=["report", "order", "id"], name="report_block_order"),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(condition=models.Q(("level__lte", 3)), name="report_block_level"),
        ),
    ]
