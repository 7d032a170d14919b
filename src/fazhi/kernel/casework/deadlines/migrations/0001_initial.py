import django.db.models.deletion
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("matter_id", models.BigIntegerField()),
                ("record", models.CharField(max_length=60, verbose_name="类别")),
                ("clock", models.CharField(max_length=60, verbose_name="期限")),
                ("rule", models.CharField(max_length=80, verbose_name="规则")),
                ("started_on", models.DateField(verbose_name="起算日")),
                ("stopped_on", models.DateField(null=True, verbose_name="停止日")),
                ("pauses", models.JSONField(default=list, verbose_name="中止区间")),
                ("extra_days", models.PositiveSmallIntegerField(default=0, verbose_name="延长")),
                ("due_on", models.DateField(null=True, verbose_name="届满日")),
                ("provisional", models.BooleanField(default=False, verbose_name="待放假安排确认")),
                ("certain", models.BooleanField(default=True, verbose_name="已核实")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("running", "进行中"),
                            ("paused", "中止"),
                            ("met", "按期"),
                            ("late", "逾期办结"),
                            ("unsure", "超过待核实期限"),
                        ],
                        max_length=10,
                        verbose_name="情况",
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
            ],
            options={
                "verbose_name": "期限",
                "verbose_name_plural": "期限",
                "indexes": [
                    models.Index(fields=["matter_id"], name="deadlines_run_matter"),
                    models.Index(fields=["record", "clock", "started_on"], name="deadlines_run_clock"),
                ],
            },
        ),
    ]
