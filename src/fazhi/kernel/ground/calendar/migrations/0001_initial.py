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
            name="Year",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("holidays", models.JSONField(verbose_name="放假安排")),
                ("source", models.CharField(max_length=300, verbose_name="依据")),
                ("decided_by", models.BigIntegerField(verbose_name="录入人")),
                ("decided_on", models.DateField(verbose_name="录入日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
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
                "verbose_name": "年度放假安排",
                "verbose_name_plural": "年度放假安排",
                "constraints": [
                    models.UniqueConstraint(fields=("jurisdiction", "year"), name="calendar_year_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="calendar_year_source",
                        violation_error_message="请写明依据（通知名称和文号）",
                    ),
                ],
            },
        ),
    ]
