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
            name="Matter",
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
                ("record", models.CharField(max_length=60, verbose_name="类别")),
                ("number", models.CharField(max_length=80, verbose_name="编号")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("state", models.CharField(max_length=40, verbose_name="状态")),
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
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
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
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="所属事项",
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
                "verbose_name": "事项",
                "verbose_name_plural": "事项",
            },
        ),
        migrations.CreateModel(
            name="MatterLink",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("relation", models.CharField(max_length=40, verbose_name="关联关系")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
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
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="来源事项",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="关联事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "关联",
                "verbose_name_plural": "关联",
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("matter_id", models.BigIntegerField()),
                ("act", models.CharField(max_length=40, verbose_name="办理")),
                ("from_state", models.CharField(blank=True, max_length=40, verbose_name="原状态")),
                ("to_state", models.CharField(blank=True, max_length=40, verbose_name="现状态")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=40, verbose_name="办理人")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
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
            ],
            options={
                "verbose_name": "办理过程",
                "verbose_name_plural": "办理过程",
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("unit_id", models.BigIntegerField()),
                ("record", models.CharField(max_length=60)),
                ("phase", models.CharField(max_length=10)),
                ("handler_id", models.BigIntegerField(null=True)),
                ("delta", models.BigIntegerField()),
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
            ],
        ),
        migrations.CreateModel(
            name="Visibility",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("unit_id", models.BigIntegerField()),
                ("matter_id", models.BigIntegerField()),
                ("record", models.CharField(max_length=60)),
                ("phase", models.CharField(max_length=10)),
                ("handler_id", models.BigIntegerField(null=True)),
                ("opened_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
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
            ],
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.CharField(max_length=80, verbose_name="编号序列")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="已用至")),
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
            ],
            options={
                "verbose_name": "编号",
                "verbose_name_plural": "编号",
                "constraints": [
                    models.UniqueConstraint(fields=("jurisdiction", "series", "year"), name="matters_counter_series")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "record", "number"), name="matters_number"),
        ),
        migrations.AddConstraint(
            model_name="matterlink",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "source", "target", "relation"), name="matters_link_once"
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["matter_id", "id"], name="matters_step_matter"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                fields=["unit_id", "record", "phase", "handler_id"], include=("delta",), name="matters_tally_read"
            ),
        ),
        migrations.AddIndex(
            model_name="visibility",
            index=models.Index(fields=["unit_id", "record", "-opened_on", "-matter_id"], name="matters_visible_list"),
        ),
        migrations.AddIndex(
            model_name="visibility",
            index=models.Index(
                condition=models.Q(("phase__in", ["open", "waiting"])),
                fields=["unit_id", "due_on", "matter_id"],
                name="matters_visible_due",
            ),
        ),
        migrations.AddIndex(
            model_name="visibility",
            index=models.Index(
                condition=models.Q(("phase__in", ["open", "waiting"])),
                fields=["handler_id", "due_on", "matter_id"],
                name="matters_visible_handler",
            ),
        ),
        migrations.AddConstraint(
            model_name="visibility",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "matter_id", "unit_id"), name="matters_visible_once"
            ),
        ),
    ]
