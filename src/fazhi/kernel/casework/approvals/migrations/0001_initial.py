import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("matters", "0002_tally_trigger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("record", models.CharField(max_length=60, verbose_name="类别")),
                ("line", models.CharField(max_length=30, verbose_name="业务")),
                ("act", models.CharField(max_length=40, verbose_name="办理")),
                ("label", models.CharField(max_length=40, verbose_name="办理事项")),
                (
                    "values",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="填写内容"
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="办理日期")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="拟办意见")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "审批中"),
                            ("approved", "已批准"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("stage", models.PositiveSmallIntegerField(default=0, verbose_name="环节")),
                ("requested_at", models.DateTimeField(verbose_name="提交时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
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
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批",
                "verbose_name_plural": "审批",
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stage", models.PositiveSmallIntegerField(verbose_name="环节")),
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("line", models.CharField(max_length=30, verbose_name="业务")),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="可审批单位"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("later", "未到"),
                            ("open", "待审批"),
                            ("agreed", "同意"),
                            ("returned", "退回"),
                            ("dropped", "未经办"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "behalf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代",
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="approvals.request",
                        verbose_name="审批",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批意见",
                "verbose_name_plural": "审批意见",
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["requested_by", "-requested_at"], name="approvals_sent"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("jurisdiction", "matter"),
                name="approvals_one_pending",
                violation_error_message="本案已有正在审批的事项",
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state", "open")), fields=["audience"], name="approvals_open"
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["request", "stage"], name="approvals_of_request"),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["account", "-at"], name="approvals_handled"),
        ),
    ]
